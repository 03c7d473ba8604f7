/** Where things lie in a chart: axes, panels, paths, and the room for them. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import {
  axesOf,
  endDomain,
  horizontalScale,
  horizontalTicks,
  isLogarithmic,
  verticalFormat,
  verticalScale,
  verticalTicks,
} from '#charts/axes/curve-scales.ts'
import type { Box } from '#charts/axes/frame.tsx'
import { explorePoints, legendWords, partOf, planeHeight, planeOf, pointsFromLeft } from '#charts/axes/plane.ts'
import { ChartOf, heightOf } from '#charts/drawing.tsx'
import { Key } from '#charts/marks/class-points.tsx'
import { CompactPath } from '#charts/marks/compact-path.ts'
import { ReferenceLines } from '#charts/marks/reference-lines.tsx'
import { tick } from '#charts/text/format.ts'
import { layoutKey } from '#charts/text/legend-layout.ts'
import { textWidth } from '#charts/text/text-width.ts'
import { namedSettings, sweepLayout } from '#charts/types/sweep-panels.ts'
import { completeView } from '#charts/view.ts'
import type { Reference } from '#experiment/result/reference-accuracy.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'

const accuracy = completeView()
const loss = completeView({ metric: 'loss' })
const box: Box = { left: 0, top: 0, right: 300, bottom: 100 }

const [base] = (await drawingOf('learning-curves', [{ epochs: 40 }])).results

/** A result whose one run has these test values from epoch to epoch, and train values that are always usual. */
function withValues(metric: 'Accuracy' | 'Loss', values: (number | null)[], given: PartialSpec = {}): ExperimentResult {
  const spec = completeSpec({ epochs: values.length, ...given })
  const usual = values.map(() => (metric === 'Loss' ? 0.5 : 0.8))
  const history = { ...base.runs[0]!.history!, [`test${metric}`]: values, [`train${metric}`]: usual }
  return { ...base, spec, runs: [{ ...base.runs[0]!, history }] }
}

const steady = (value: number, epochs = 40) => Array.from({ length: epochs }, () => value)

/** The names of the features and classes of points in the plane. */
const planeNames = { featureNames: ['x', 'y'], classNames: ['0', '1', '2'] }

describe('the axis of whole runs', () => {
  const whole = (values: number[]) => axesOf([withValues('Accuracy', values)], accuracy).whole

  it('goes from 0.1 to 0.9 where every accuracy lies there, so that figures can be compared; else from 0 to 1', () => {
    expect(whole(steady(0.5))).toEqual([0.1, 0.9])
    expect(whole([0.1, ...steady(0.5, 38), 0.9])).toEqual([0.1, 0.9])
    expect(whole([...steady(0.5, 39), 0.901])).toEqual([0, 1])
    expect(whole([0.099, ...steady(0.5, 39)])).toEqual([0, 1])
  })

  it('of losses goes from 0.3 to 10 on a logarithm, further where it must, and never to 0', () => {
    const of = (values: (number | null)[]) => axesOf([withValues('Loss', values)], loss).whole
    expect(of(steady(0.5))).toEqual([0.3, 10])
    expect(of([25, ...steady(0.5, 39)])).toEqual([0.3, 25])
    expect(of([0.05, ...steady(0.5, 39)])).toEqual([0.05, 10])
    expect(of([0, ...steady(0.5, 39)])).toEqual([1e-9, 10])
    expect(of([null, ...steady(0.5, 39)])).toEqual([0.3, 10])
  })

  it('is as long as the longest run, on a logarithm where that is eight times the shortest', () => {
    const axes = (...epochs: number[]) =>
      axesOf(
        epochs.map((count) => withValues('Accuracy', steady(0.5, count))),
        accuracy,
      )
    expect(axes(200, 40)).toMatchObject({ x: [0, 200], isLogarithmic: false })
    expect(axes(320, 41)).toMatchObject({ x: [0, 320], isLogarithmic: false })
    expect(axes(320, 40)).toMatchObject({ x: [1, 320], isLogarithmic: true })
    // One epoch alone stands within its axis.
    expect(axes(1)).toMatchObject({ x: [0, 1.5] })
  })

  it('by updates goes by how many each run has', () => {
    const updates = completeView({ axis: 'updates' })
    const of = (...given: PartialSpec[]) =>
      axesOf(
        given.map((one) => withValues('Accuracy', steady(0.5), one)),
        updates,
      )
    expect(of({ batchSize: 50 })).toMatchObject({ x: [0, 400], isLogarithmic: false })
    expect(of({ batchSize: 50 }, { batchSize: 'full' })).toMatchObject({ x: [1, 400], isLogarithmic: true })
  })
})

describe('the axis of last quarters', () => {
  const detail = (...last: number[]) =>
    axesOf([withValues('Accuracy', [...steady(0.2, 40 - last.length), ...last])], accuracy).detail

  it('goes from 0.7 to 0.86 where every value lies there, whatever came before', () => {
    expect(detail(...steady(0.8, 10))).toEqual([0.7, 0.86])
    expect(detail(0.7, ...steady(0.8, 8), 0.86)).toEqual([0.7, 0.86])
    expect(detail(0.1, ...steady(0.8, 10))).toEqual([0.7, 0.86])
  })

  it('moves before it grows: a change stays as high', () => {
    // The usual train line is at 0.8; so high that it does not count.
    const of = (values: number[]) =>
      axesOf([{ ...withValues('Accuracy', steady(0.5)), ...both(values) }], accuracy).detail
    const both = (values: number[]) => {
      const { runs } = withValues('Accuracy', steady(0.5))
      const all = [...steady(0.5, 30), ...values]
      return { runs: [{ ...runs[0]!, history: { ...runs[0]!.history!, testAccuracy: all, trainAccuracy: all } }] }
    }
    expect(of(steady(0.5, 10))).toEqual([0.42, 0.58])
    expect(of(steady(0.99, 10))).toEqual([0.84, 1])
    expect(of(steady(0.01, 10))).toEqual([0, 0.16])
    expect(of([...steady(0.5, 9), 0.7])).toEqual([0.5, 0.7])
    expect(of([...steady(0.3, 9), 0.8])).toEqual([0.3, 0.8])
    expect(of([...steady(0.1, 9), 0.95])).toEqual([0, 1])
    expect(endDomain([0.3, 0.51])).toEqual([0.28, 0.53])
    expect(of([...steady(0.1, 9), 0.8])).toEqual([0.05, 0.85])
    expect(of([...steady(0.01, 9), 0.99])).toEqual([0, 1])
    expect(endDomain([0.3, 0.5])).toEqual([0.3, 0.5])
    expect(endDomain(undefined)).toEqual([0.7, 0.86])
  })

  it('of losses has a little room where they are elsewhere, and whole decades where they are far', () => {
    const of = (value: number) => axesOf([withValues('Loss', steady(value))], loss).detail
    expect(of(0.5)).toEqual([0.35, 0.8])
    // The train line is at 0.5.
    expect(of(0.2)).toEqual([0.9 * 0.2, 1.1 * 0.5])
    expect(of(1)).toEqual([0.9 * 0.5, 1.1])
    expect(of(0.0123)).toEqual([0.01, 1])
    expect(of(1000)).toEqual([0.1, 1000])
    expect(of(0)).toEqual([1e-9, 1])
  })

  it('is the usual one where runs are too short to have one', () => {
    expect(axesOf([withValues('Accuracy', steady(0.3, 39))], accuracy).detail).toEqual([0.7, 0.86])
  })
})

describe('a scale', () => {
  it('puts what lies beyond its axis at its end', () => {
    const y = verticalScale([0.1, 0.9], accuracy, box)
    expect([0.1, 0.9, 0.5, 0, 1].map(y)).toEqual([100, 0, expect.closeTo(50), 100, 0])
    const log = verticalScale([0.01, 100], loss, box)
    expect([0.01, 1, 100, 1e-9, 1e9].map(log).map(Math.round)).toEqual([100, 50, 0, 100, 0])
    expect([isLogarithmic(y), isLogarithmic(log)]).toEqual([false, true])
    const across = { x: [1, 100] as const, isLogarithmic: true, whole: [0, 1] as const, detail: [0, 1] as const }
    expect([1, 10, 100, 1000].map(horizontalScale(across, box)).map(Math.round)).toEqual([0, 150, 300, 300])
    expect([0, 50, 100, 200].map(horizontalScale({ ...across, x: [0, 100], isLogarithmic: false }, box))).toEqual([
      0, 150, 300, 300,
    ])
  })

  it('has ticks that fit: round losses beside their axis, decades where there are many', () => {
    const ticks = (from: number, to: number) => {
      const scale = verticalScale([from, to], loss, box)
      return verticalTicks(scale, loss).map(verticalFormat(loss))
    }
    expect(ticks(0.3, 10)).toEqual(['0.5', '1', '2', '5', '10'])
    expect(ticks(0.4, 0.6).length).toBeLessThanOrEqual(8)
    expect(ticks(0.001, 1000)).toEqual(['10⁻³', '0.01', '0.1', '1', '10', '100', '10³'])
    expect(ticks(1e-9, 1e21)).toEqual(expect.arrayContaining(['1']))
    expect(ticks(1e-9, 1e21).length).toBeLessThanOrEqual(8)
    expect(verticalTicks(verticalScale([0.1, 0.9], accuracy, box), accuracy)).toEqual([0.2, 0.4, 0.6, 0.8])
    expect(verticalFormat(accuracy)(0.2)).toBe('0.2')
  })

  it('has as many whole numbers across as have room', () => {
    const of = (to: number, right: number) => {
      const area = { ...box, right }
      const scale = horizontalScale({ x: [0, to], isLogarithmic: false, whole: [0, 1], detail: [0, 1] }, area)
      return horizontalTicks(scale, area)
    }
    expect(of(200, 400)).toEqual([0, 50, 100, 150, 200])
    expect(of(70, 700)).toEqual([0, 10, 20, 30, 40, 50, 60, 70])
    expect(of(80, 700)).toEqual([0, 20, 40, 60, 80])
    expect(of(3000, 700)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000])
    expect(of(200, 60)).toEqual([0, 200])
    expect(of(3, 400)).toEqual([0, 1, 2, 3])
    const area = { ...box, right: 200 }
    const log = horizontalScale({ x: [1, 25_000], isLogarithmic: true, whole: [0, 1], detail: [0, 1] }, area)
    expect(horizontalTicks(log, area)).toEqual([1, 100, 10_000])
    expect(
      horizontalTicks(
        horizontalScale({ x: [1, 25_000], isLogarithmic: true, whole: [0, 1], detail: [0, 1] }, { ...box, right: 400 }),
        { ...box, right: 400 },
      ),
    ).toEqual([1, 10, 100, 1000, 10_000])
  })
})

describe('a path', () => {
  const across = [0, 10, 20, 30]
  const up = (value: number) => 100 - value

  it('is a line in relative steps of tenths of a pixel, which do not add up to a fault', () => {
    expect(String(new CompactPath().lines([[0, 10.04, 0.5, 100]], across, up))).toBe('M0 100l10-10 10 9.5 10-99.5')
    const thirds = Array.from({ length: 4 }, (_, index) => (index * 10) / 3)
    // 3.3, 6.7, 10: never 9.9.
    expect(String(new CompactPath().lines([[0, 0, 0, 0]], thirds, up))).toBe('M0 100l3.3 0 3.4 0 3.3 0')
  })

  it('is interrupted where a value is missing, and has a dot where one stands alone', () => {
    expect(String(new CompactPath().lines([[5, null, 5, 5]], across, up))).toBe('M0 95l0 0M20 95l10 0')
    expect(String(new CompactPath().lines([[null, null]], across, up))).toBe('')
    expect(
      String(
        new CompactPath().lines(
          [
            [1, 2],
            [3, 4],
          ],
          across,
          up,
        ),
      ),
    ).toBe('M0 99l10-1M0 97l10-1')
  })

  it('is an area between two columns, up to where they end', () => {
    expect(String(new CompactPath().area([0, 0, 0], [5, 6, 7], across, up))).toBe('M0 100l10 0 10 0 0-7-10 1-10 1z')
    expect(String(new CompactPath().area([0, 0, null], [5, 6, null], across, up))).toBe('M0 100l10 0 0-6-10 1z')
    expect(String(new CompactPath().area([null], [null], across, up))).toBe('')
  })

  it('writes small and large numbers as short as they can be', () => {
    const path = new CompactPath()
    path.moveTo(-0.5, 1234.56)
    path.lineTo(0.24, -1234)
    path.lineTo(0.2, -1233.5)
    expect(String(path)).toBe('M-.5 1234.6l.7-2468.6 0 .5')
  })

  it('grows beyond what was reserved for it, and refuses to lead nowhere', () => {
    const path = new CompactPath()
    path.moveTo(0, 0)
    for (let step = 1; step <= 20_000; step++) path.lineTo(step, -step)
    const text = String(path)
    expect([text.length, text.endsWith(' 1-1')]).toEqual(['M0 0l'.length + '1-1'.length + 19_999 * ' 1-1'.length, true])
    expect(() => new CompactPath().moveTo(NaN, 0)).toThrow('a path cannot lead to NaN')
  })
})

describe('the plane', () => {
  const part = { x: [0, 4] as [number, number], y: [0, 2] as [number, number] }

  it('has the same scale on both axes, in the middle of its room', () => {
    const { x, y, box: area } = planeOf(part, { width: 448, height: 296 }, legendWords(3))
    expect(x(1) - x(0)).toBeCloseTo(y(0) - y(1), 9)
    expect(area).toEqual({ left: 36, top: 52, right: 436, bottom: 252 })
    const wide = planeOf(part, { width: 1000, height: 296 }, legendWords(3))
    expect(wide.box).toEqual({ left: 300, right: 700, top: 52, bottom: 252 })
    expect([wide.x(0), wide.x(4), wide.y(0), wide.y(2)]).toEqual([300, 700, 252, 52])
  })

  it('is as high as its data need, and no higher than a screen', () => {
    expect(planeHeight(part, 448, legendWords(3))).toBe(52 + 200 + 44)
    expect(planeHeight({ x: [0, 1], y: [0, 10] }, 1000, legendWords(3))).toBe(52 + 680 + 44)
    expect(planeHeight({ x: [0, 1], y: [0, 10] }, 400, legendWords(3))).toBe(52 + 440 + 44)
    expect(planeHeight({ x: [0, 1], y: [0, 10] }, 600, legendWords(3))).toBe(52 + 408 + 44)
  })

  it('shows all points and a little around them, also where they coincide', () => {
    const of = (points: [number, number][]) => partOf({ points })
    expect(
      of([
        [0, 5],
        [10, 5],
      ]),
    ).toEqual({ x: [-0.4, 10.4], y: [4, 6] })
    expect(of([])).toEqual({ x: [-0.04, 1.04], y: [-0.04, 1.04] })
  })

  it('has room for the labels of its vertical axis', () => {
    for (const y of [
      [0, 2],
      [-0.8, 1.3],
      [-0.02, 0.02],
      [-3e4, 3e4],
    ] as [number, number][]) {
      const { box: area, y: scale } = planeOf({ x: [0, 4], y }, { width: 448, height: 296 }, legendWords(3))
      const widest = Math.max(...scale.ticks(5).map((value) => textWidth(tick(value))))
      expect(area.left - 8).toBeGreaterThanOrEqual(widest)
    }
  })

  it('is gone through from left to right', () => {
    const data = {
      points: [
        [3, 1],
        [1, 1],
        [2, 1],
      ] as [number, number][],
      labels: [0, 1, 2],
      trainExamples: 2,
      ...planeNames,
    }
    expect(pointsFromLeft(data)).toEqual([1, 2, 0])
    const { stops, read, nearest } = explorePoints(
      planeOf({ x: [0, 4], y: [0, 2] }, { width: 448, height: 296 }, legendWords(3)),
      data,
    )
    expect([stops, read(0), read(1), read(2)]).toEqual([
      3,
      'train example 2, class 1, at 1.00, 1.00',
      'test example 3, class 2, at 2.00, 1.00',
      'train example 1, class 0, at 3.00, 1.00',
    ])
    // 100 pixels a unit; the first at 136, 152.
    expect([nearest({ x: 136, y: 152 }), nearest({ x: 230, y: 152 }), nearest({ x: 136 + 24, y: 152 + 31 })]).toEqual([
      0, 1, 0,
    ])
    expect(nearest({ x: 136 + 24, y: 152 + 32.1 })).toBeUndefined()
  })
})

describe('the panels of a sweep', () => {
  const at = (given: PartialSpec, mean: number | null, calm: number | null): ExperimentResult => {
    const spread = (value: number | null) => ({ mean: value, sd: null, p10: value, p50: value, p90: value })
    const final = { ...base.summary.final, testAccuracy: spread(mean) }
    const instability = {
      ...spread(calm),
      quartiles: [calm, calm, calm] as [number | null, number | null, number | null],
    }
    return { ...base, spec: completeSpec(given), summary: { ...base.summary, final, instability } }
  }
  const size = { width: 720, height: 360 }
  const layout = (results: ExperimentResult[], varied: Parameters<typeof sweepLayout>[1] = ['batchSize'], of = size) =>
    sweepLayout(results, varied, of)

  it('stand side by side on a wide screen, and one below the other on a phone', () => {
    const results = [at({ batchSize: 8 }, 0.8, 0.01), at({ batchSize: 64 }, 0.82, 0.005)]
    const [one, two] = layout(results).panels.map((panel) => panel.box)
    expect([one, two]).toEqual([
      { left: 56, top: 32, right: 350, bottom: 316 },
      { left: 418, top: 32, right: 712, bottom: 316 },
    ])
    const [above, below] = layout(results, ['batchSize'], { width: 328, height: 476 }).panels.map((panel) => panel.box)
    expect([above, below]).toEqual([
      { left: 56, top: 32, right: 320, bottom: 192 },
      { left: 56, top: 272, right: 320, bottom: 432 },
    ])
  })

  it('have a line for each value of the second setting, and a single one where both change in step', () => {
    const product = [8, 64].flatMap((batchSize) => [40, 80].map((epochs) => at({ batchSize, epochs }, 0.8, 0.01)))
    const linesOf = (results: ExperimentResult[]) =>
      layout(results, ['batchSize', 'epochs']).lines.map(({ name, points }) => [name, points.length])
    expect(linesOf(product)).toEqual([
      ['40 epochs', 2],
      ['80 epochs', 2],
    ])
    expect(linesOf([product[3]!, product[0]!])).toEqual([['', 2]])
    // In the order of their sizes.
    expect(layout([product[3]!, product[0]!], ['batchSize', 'epochs']).lines[0]!.points[0]!.position).toBe(8)
  })

  it('have numbers where they are, on a logarithm where the last is eight times the first, and names in their order', () => {
    const axis = (...sizes: number[]) => layout(sizes.map((batchSize) => at({ batchSize }, 0.8, 0.01))).panels[0]!.x
    expect([isLogarithmic(axis(8, 64)), isLogarithmic(axis(8, 63)), isLogarithmic(axis(64, 8))]).toEqual([
      true,
      false,
      true,
    ])
    const x = axis(64, 8, 16)
    expect([x(8), x(64)]).toEqual([68, 338])
    expect(layout([at({ batchSize: 'full' }, 0.8, 0.01), at({ batchSize: 100 }, 0.8, 0.01)]).settings).toEqual([
      { name: '100', position: 100 },
      { name: 'full', position: 500 },
    ])
    const named = layout([at({ activation: 'tanh' }, 0.8, 0.01), at({ activation: 'relu' }, 0.8, 0.01)], ['activation'])
    expect(named.settings).toEqual([
      { name: 'tanh', position: 0 },
      { name: 'relu', position: 1 },
    ])
    // One alone stands in the middle.
    expect(axis(8)(8)).toBe(203)
  })

  it('have a line for each value of the second field, each in the order of its settings', () => {
    const two = [0.1, 0.01].flatMap((learningRate) =>
      [64, 8].map((batchSize) => at({ learningRate, batchSize }, 0.8, 0.01)),
    )
    const { lines, panels } = layout(two, ['batchSize', 'learningRate'])
    expect(lines.map(({ name, points }) => [name, ...points.map(({ position }) => position)])).toEqual([
      ['learning rate 0.1', 8, 64],
      ['learning rate 0.01', 8, 64],
    ])
    expect(panels[0]!.box.top).toBe(64)
    expect(layout(two.slice(0, 2)).lines.map(({ name }) => name)).toEqual([''])
  })

  it('show accuracies on the axis that figures share, instabilities from 0, or on a logarithm where they are far apart', () => {
    const panels = (...calm: (number | null)[]) =>
      layout(calm.map((value, index) => at({ batchSize: index + 1 }, value === null ? null : 0.8, value))).panels
    expect(panels(0.01, 0.02)[0]!.y.domain()).toEqual([0.7, 0.86])
    expect(panels(0.01, 0.02)[1]).toMatchObject({ title: 'instability', ticks: [0, 0.005, 0.01, 0.015, 0.02] })
    expect(panels(0.001, 0.008)[1]).toMatchObject({
      title: 'instability (log scale)',
      ticks: [0.001, 0.002, 0.005, 0.01],
    })
    expect(panels(0.001, 0.0079)[1]!.title).toBe('instability')
    expect(panels(0, 0.02)[1]!.title).toBe('instability')
    expect(panels(0, 0)[1]!.y.domain()).toEqual([0, 1])
    expect(panels(null, null)[1]!.y.domain()).toEqual([0, 1])
  })

  it('name the settings that have room: of two that are too near, the later', () => {
    const settings = ['1', '2', '4', '1000'].map((name) => ({ name, position: Number(name) }))
    const scaleOf = (factor: number) =>
      Object.assign((value: number) => value * factor) as Parameters<typeof namedSettings>[1]
    const names = (factor: number) => namedSettings(settings, scaleOf(factor)).map(({ name }) => name)
    // A digit is 8.3 wide, and 4 are left between two.
    expect(names(12.4)).toEqual(['1', '2', '4', '1000'])
    expect(names(12.2)).toEqual(['2', '4', '1000'])
    expect(names(5)).toEqual(['1', '4', '1000'])
    expect(names(3)).toEqual(['4', '1000'])
    expect(names(0.01)).toEqual(['1000'])
  })
})

describe('the references of an accuracy', () => {
  const references: readonly Reference[] = [
    { name: 'guessing', accuracy: 0.33 },
    { name: 'nearest true center', accuracy: 0.844 },
  ]
  const drawn = (from: number, to: number, isNamed: boolean) =>
    renderToString(
      <ReferenceLines
        references={references}
        box={box}
        y={verticalScale([from, to], accuracy, box)}
        isNamed={isNamed}
      />,
    )

  it('are drawn where they lie on the axis, with their names where there is room', () => {
    expect(drawn(0.1, 0.9, true).match(/<text[^>]*>[^<]*</g)).toEqual([
      expect.stringContaining('>guessing 0.33<'),
      expect.stringContaining('>nearest true center 0.84<'),
    ])
    expect(drawn(0.1, 0.9, false)).not.toContain('<text')
    expect(drawn(0.7, 0.86, true)).not.toContain('guessing')
    expect(drawn(0.33, 0.844, true)).toMatch(/guessing.*nearest/)
    expect(drawn(0.34, 0.84, true)).not.toMatch(/guessing|nearest/)
  })
})

describe('the key of a chart', () => {
  const key = (width: number) =>
    renderToString(<Key names={['class 0', 'class 1', 'class 2']} left={10} top={20} width={width} />)
  const names = (width: number) =>
    [...key(width).matchAll(/<text x="([\d.]+)" y="20">([^<]*)</g)].map(([, x, name]) => [name, Number(x)])

  it('keeps of a name what tells it from the others, at its beginning or its end', () => {
    const drawn = renderToString(<Key names={['200 epochs', '400 epochs']} left={0} top={20} width={110} />)
    expect([...drawn.matchAll(/y="20">([^<]*)</g)].map(([, name]) => name)).toEqual(['200', '400'])
  })

  it('shortens its names until they fit, and squeezes what does not', () => {
    // A letter is 7 wide, a mark 32.
    expect(names(243)).toEqual([
      ['class 0', 27],
      ['class 1', 108],
      ['class 2', 189],
    ])
    expect(names(242)).toEqual([
      ['class 0', 27],
      ['1', 108],
      ['2', 147],
    ])
    expect(names(158)).toEqual([
      ['0', 27],
      ['1', 66],
      ['2', 105],
    ])
    expect(names(58.5)).toEqual([
      ['0', 27],
      ['1', 46.5],
      ['2', 66],
    ])
  })

  it('takes two rows above a narrow plane, of which the first says where the second’s names stand', () => {
    const classes = Array.from({ length: 10 }, (_, label) => `class ${label}`)
    expect(layoutKey(classes, 423, 2).rows).toBe(1)
    const { rows, names: placed } = layoutKey(classes, 232, 2)
    expect([rows, placed.map(({ row }) => row).join('')]).toEqual([2, '0000011111'])
    expect(placed.map(({ name, x }) => `${name} ${x}`)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((label) => `${label} ${39 * (label % 5)}`),
    )
    expect(layoutKey(classes, 100, 2).names.at(-1)!.x).toBeLessThan(100)
    const square = { x: [0, 1], y: [0, 1] } satisfies Parameters<typeof planeOf>[0]
    expect(planeHeight(square, 280, legendWords(10)) - planeHeight(square, 280, legendWords(3))).toBe(18)
    const height = planeHeight(square, 280, legendWords(10))
    expect(planeOf(square, { width: 280, height }, legendWords(10)).box.top).toBe(70)
  })
})

describe('curves that are hardly higher than wide', () => {
  it('have the title of the horizontal axis once, below', async () => {
    const { results, ...drawing } = await drawingOf('learning-curves', [{}])
    const titles = (height: number) =>
      renderToString(<ChartOf drawing={{ ...drawing, results }} width={350} height={height} />).match(/>epoch</g)
    expect(titles(356)).toHaveLength(1)
    expect(titles(440)).toHaveLength(2)
  })
})

describe('small multiples on a phone', () => {
  it('break what a panel is called where it is wider than the panel', async () => {
    const drawing = await drawingOf('small-multiples', [{ epochs: 40 }, { epochs: 40, learningRateSchedule: 'cosine' }])
    const linesAt = (width: number) => {
      const drawn = renderToString(<ChartOf drawing={drawing} width={width} height={heightOf(drawing, width)} />)
      return [...drawn.matchAll(/class="strong"[^>]*>([^<]*)</g)].map(([, line]) => line)
    }
    expect(linesAt(328)).toContain('cosine learning')
    expect(linesAt(640)).toContain('cosine learning rate')
  })
})
