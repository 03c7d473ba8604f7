/** What a reader's pointer or keys find in a chart, and what the picture then shows. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { ChartOf, explorerOf, heightOf, type ChartName } from '#charts/drawing.tsx'
import { decimal, digitsOf, spread } from '#charts/text/format.ts'
import type { View } from '#charts/view.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'

interface Line {
  x: number
  top: number
  bottom: number
}

/** A chart with what moves with its cursor. */
async function explored(chart: ChartName, given: readonly PartialSpec[], view: Partial<View> = {}, width = 640) {
  const drawing = await drawingOf(chart, given, view)
  const size = { width, height: heightOf(drawing, width) }
  const svgAt = (cursor?: number) => renderToString(<ChartOf drawing={drawing} {...size} cursor={cursor} />)
  /** The lines of the cursor at a stop, one an area. */
  const linesAt = (stop: number): Line[] =>
    [...svgAt(stop).matchAll(/<line class="cursor" x1="([\d.]+)" x2="\1" y1="([\d.]+)" y2="([\d.]+)"/g)].map(
      ([, x, top, bottom]) => ({ x: Number(x), top: Number(top), bottom: Number(bottom) }),
    )
  return { drawing, explorer: explorerOf(drawing, size), svgAt, linesAt }
}

const three = [{ batchSize: 8 }, { batchSize: 64 }, { batchSize: 'full' }] as const
const epochs = { epochs: 60 } as const
const withEpochs = three.map((spec) => ({ ...spec, ...epochs }))

const charts: [string, ChartName, readonly PartialSpec[], Partial<View>, number][] = [
  ['learning curves', 'learning-curves', [epochs], {}, 640],
  ['learning curves of losses on a phone', 'learning-curves', [epochs], { metric: 'loss' }, 328],
  ['learning curves by updates', 'learning-curves', [epochs], { axis: 'updates' }, 640],
  ['learning curves without a last quarter', 'learning-curves', [{ epochs: 20 }], {}, 640],
  ['small multiples', 'small-multiples', withEpochs, {}, 640],
  ['small multiples by updates, on a logarithm', 'small-multiples', withEpochs, { axis: 'updates' }, 640],
  ['a sweep', 'sweep', withEpochs, {}, 640],
  ['a sweep on a phone', 'sweep', withEpochs, {}, 328],
  [
    'a sweep of names',
    'sweep',
    [{ activation: 'relu' }, { activation: 'tanh' }].map((one) => ({ ...one, ...epochs })) as PartialSpec[],
    {},
    640,
  ],
]

describe.each(charts)('the cursor of %s', (_, chart, given, view, width) => {
  it('is where the pointer is, in every area, to the pixel around it', async () => {
    const { explorer, linesAt } = await explored(chart, given, view, width)
    const stops = Array.from({ length: Math.min(12, explorer.stops) }, (__, index) =>
      Math.floor((index * (explorer.stops - 1)) / Math.max(1, Math.min(12, explorer.stops) - 1)),
    )
    let areas = 0
    for (const stop of stops)
      for (const { x, top, bottom } of linesAt(stop)) {
        areas++
        const found = explorer.nearest({ x, y: (top + bottom) / 2 })!
        const off = Math.min(...linesAt(found).map((line) => Math.abs(line.x - x)))
        // On a logarithm a stop can be wider than an epoch.
        expect([stop, off <= (view.axis === 'updates' && given.length > 1 ? 16 : 0)]).toEqual([stop, true])
      }
    expect(areas).toBeGreaterThanOrEqual(stops.length)
  })

  it('is there a little beside an area, and not far from all', async () => {
    const { explorer, linesAt } = await explored(chart, given, view, width)
    const { x, top, bottom } = linesAt(0).at(-1)!
    for (const y of [top - 17, top, bottom, bottom + 7])
      expect([y, explorer.nearest({ x, y })]).toEqual([y, expect.any(Number)])
    for (const far of [
      { x, y: -40 },
      { x, y: 5000 },
      { x: -20, y: bottom },
      { x: width + 20, y: bottom },
    ])
      expect([far, explorer.nearest(far)]).toEqual([far, undefined])
  })

  it('stands on no drawing that nobody explores', async () => {
    const { svgAt } = await explored(chart, given, view, width)
    expect(svgAt()).not.toContain('class="cursor"')
  })
})

describe('what a chart says at its cursor', () => {
  it('of one result: both lines at that epoch, where the dots are', async () => {
    const { drawing, explorer, svgAt } = await explored('learning-curves', [epochs])
    const { testAccuracy, trainAccuracy } = drawing.results[0].runs[0]!.history!
    for (const stop of [0, 30, 59]) {
      const words = `epoch ${stop + 1}: train ${decimal(trainAccuracy[stop])}, test ${decimal(testAccuracy[stop])}`
      expect([explorer.read(stop), explorer.brief(stop)]).toEqual([words, words])
      const svg = svgAt(stop)
      for (const value of [trainAccuracy[stop], testAccuracy[stop]]) expect(svg).toContain(`>${decimal(value)}</text>`)
      // In the whole and, from epoch 46 on, in the last quarter: a dot a line, and the values once.
      expect(svg.match(/<circle class="dot/g)).toHaveLength(stop < 45 ? 2 : 4)
      expect(svg.match(/<text class="(train|test) halo"/g)).toHaveLength(2)
    }
  })

  it('of many runs: their mean', async () => {
    const { drawing, explorer } = await explored('learning-curves', [{ ...epochs, seeds: 3 }])
    const { testAccuracy, trainAccuracy } = drawing.results[0].curves!
    expect(explorer.read(9)).toBe(
      `epoch 10: train ${decimal(trainAccuracy.mean[9])}, test ${decimal(testAccuracy.mean[9])}`,
    )
  })

  it('of several results: the test line of each, by what sets them apart', async () => {
    const { drawing, explorer, svgAt } = await explored('small-multiples', withEpochs)
    const at = (index: number) => decimal(drawing.results[index]!.runs[0]!.history!.testAccuracy[29])
    expect(explorer.read(29)).toBe(
      `epoch 30: batch size 8 test ${at(0)}; batch size 64 test ${at(1)}; full batch (500) test ${at(2)}`,
    )
    expect(explorer.brief(29)).toBe('epoch 30')
    for (const index of [0, 1, 2]) expect(svgAt(29)).toContain(`>${at(index)}</text>`)
  })

  it('where a run has diverged: that there is nothing', async () => {
    const { explorer, svgAt } = await explored('learning-curves', [{ learningRate: 10, momentum: 0.99, batchSize: 8 }])
    expect(explorer.read(150)).toBe('epoch 151: train –, test –')
    expect(svgAt(150)).not.toContain('<circle class="dot')
  })

  it('by updates: how many, up to the end of that epoch', async () => {
    const { explorer } = await explored('learning-curves', [epochs], { axis: 'updates' })
    // 16 a epoch: 500 rows in batches of 32.
    expect([explorer.read(0), explorer.read(59)].map((words) => words.split(':')[0])).toEqual([
      'update 16',
      'update 960',
    ])
  })

  it('of a sweep: mean and spread of both quantities at that setting, in either panel', async () => {
    const { drawing, explorer, svgAt } = await explored(
      'sweep',
      withEpochs.map((spec) => ({ ...spec, seeds: 3 })),
    )
    const { final, instability } = drawing.results[1]!.summary
    const [accuracy, calm] = [spread(final.testAccuracy), spread(instability, digitsOf.instability)]
    expect(explorer.read(1)).toBe(`batch size 64: test accuracy ${accuracy}, instability ${calm}`)
    expect(explorer.brief(1)).toBe('batch size 64')
    for (const text of [accuracy, calm]) expect(svgAt(1)).toContain(`>${text}</text>`)
    expect(explorer.stops).toBe(3)
  })

  it('of instability by epoch: every line’s over the window that ends there, and – before there is one', async () => {
    const { drawing, explorer, svgAt, linesAt } = await explored('instability', withEpochs)
    expect([explorer.stops, explorer.brief(3)]).toEqual([60, 'epoch 4'])
    const last = drawing.results.map(({ runs }) => decimal(runs[0]!.instability, digitsOf.instability))
    expect(explorer.read(59)).toBe(
      `epoch 60: batch size 8 ${last[0]}; batch size 64 ${last[1]}; full batch (500) ${last[2]}`,
    )
    // The window of 60 epochs is 15 long.
    expect(explorer.read(13)).toBe('epoch 14: batch size 8 –; batch size 64 –; full batch (500) –')
    expect(explorer.read(14)).toMatch(/^epoch 15: batch size 8 0\.\d{4}; /)
    expect([svgAt(13), svgAt(14), svgAt()].map((svg) => (svg.match(/<circle class="dot/g) ?? []).length)).toEqual([
      0, 3, 0,
    ])
    for (const stop of [0, 14, 59]) {
      const [{ x, top, bottom } = { x: 0, top: 0, bottom: 0 }] = linesAt(stop)
      for (const y of [top, (top + bottom) / 2, bottom]) expect(explorer.nearest({ x, y })).toBe(stop)
      for (const y of [top - 1, bottom + 1]) expect(explorer.nearest({ x, y })).toBeUndefined()
    }
    expect(explorer.nearest({ x: 47, y: 100 })).toBeUndefined()
    expect(explorer.nearest({ x: 49, y: 100 })).toEqual(expect.any(Number))
  })

  it('of a sweep of two fields: every line at that setting', async () => {
    const two = [0.1, 0.01].flatMap((learningRate) =>
      ([8, 64] as const).map((batchSize) => ({ learningRate, batchSize, ...epochs })),
    )
    const { explorer, svgAt } = await explored('sweep', two)
    expect(explorer.stops).toBe(2)
    expect(
      explorer
        .read(0)
        .split('; ')
        .map((words) => words.split(':')[0]),
    ).toEqual(['batch size 8, learning rate 0.1', 'batch size 8, learning rate 0.01'])
    expect(svgAt(0).match(/<text class="halo strong class-[01]"/g)).toHaveLength(4)
  })

  it('of points: which it is, its split, its class and where it lies, from left to right', async () => {
    const { drawing, explorer, svgAt } = await explored('dataset', [{ examples: 40 }])
    const { points, labels, trainExamples } = drawing.data!
    const order = points.map((_, row) => row).toSorted((a, b) => points[a]![0]! - points[b]![0]!)
    expect(explorer.stops).toBe(40)
    for (const stop of [0, 17, 39]) {
      const row = order[stop]!
      const [x, y] = points[row] as [number, number]
      const split = row < trainExamples ? 'train' : 'test'
      const words = `${split} example ${row + 1}, class ${labels[row]}, at ${decimal(x, 2)}, ${decimal(y, 2)}`
      expect([explorer.read(stop), explorer.brief(stop)]).toEqual([words, words])
      const [, cx, cy] = /<circle class="ring" cx="([\d.]+)" cy="([\d.]+)"/.exec(svgAt(stop))!
      expect(explorer.nearest({ x: Number(cx), y: Number(cy) })).toBe(stop)
    }
    const [, cx, cy] = /<circle class="ring" cx="([\d.]+)" cy="([\d.]+)"/.exec(svgAt(0))!
    // The leftmost has nothing at its left: its reach ends after 40 pixels.
    expect(explorer.nearest({ x: Number(cx) - 38, y: Number(cy) })).toBe(0)
    expect(explorer.nearest({ x: Number(cx) - 41, y: Number(cy) })).toBeUndefined()
  })
})

describe('between two epochs', () => {
  it('the line stands on its way, and the dots on the values of the epoch that is over', async () => {
    const { drawing, svgAt, linesAt } = await explored('learning-curves', [epochs])
    const dotsAt = (stop: number) =>
      [...svgAt(stop).matchAll(/<circle class="dot (\w+)" cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, name, x, y]) => ({
        name,
        x: Number(x),
        y: Number(y),
      }))
    const [before, between, after] = [19, 19.25, 20].map((stop) => linesAt(stop)[0]!.x) as [number, number, number]
    expect(between).toBeCloseTo(before + (after - before) / 4, 0)
    expect(between).not.toBe(before)
    expect(dotsAt(19.25)).toEqual(dotsAt(19))
    expect(dotsAt(19.25)).toHaveLength(2)
    const { testAccuracy } = drawing.results[0].runs[0]!.history!
    expect(svgAt(19.25)).toContain(decimal(testAccuracy[19]))
    // Before the first epoch is over there is nothing to read.
    expect(dotsAt(-0.75)).toEqual([])
    expect(linesAt(-0.75)).toHaveLength(1)
  })
})
