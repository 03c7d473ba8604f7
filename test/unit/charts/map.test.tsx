/** Maps: where their cells lie, what these say, and whether it can be read. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { colorsOf, palettes } from '#charts/colors.ts'
import { ChartOf, explorerOf, heightOf, takeawayOf, type Drawing } from '#charts/drawing.tsx'
import { mapLayout } from '#charts/types/map-cells.ts'
import { lastInkStep, lastStep, steps } from '#charts/types/map-colors.ts'
import { outlineOf } from '#charts/types/map-marks.tsx'
import { quantities } from '#charts/types/map-texts.ts'
import { markedMap, type MapDrawing } from '#charts/types/map.tsx'
import { completeView, viewChoices } from '#charts/view.ts'
import type { ExperimentResult, Summary } from '#experiment/result/result.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { completeSpec, type PartialSpec, type SpecField } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { extremeSpecs } from '../../support/extreme-specs.ts'
import { mapColor } from '../../support/map-colors.ts'
import { contrast, seen, visions } from '../../support/sight.ts'

const [base] = (await drawingOf('map', [{ epochs: 40 }])).results

/** What runs came to, where it matters here. */
interface Came {
  instability?: number | null
  testAccuracy?: number | null
  testLoss?: number | null
  epochsTo80?: number | null
  runs?: number
  diverged?: number
  stillLearning?: number
}

function resultOf(given: PartialSpec, came: Came): ExperimentResult {
  const spec = completeSpec(given)
  const { instability = 0.01, testAccuracy = 0.8, testLoss = 0.5, epochsTo80 = 9, ...counts } = came
  const spread = (mean: number | null) => ({ mean, sd: null, p10: mean, p50: mean, p90: mean })
  const three = (value: number | null): [number | null, number | null, number | null] => [value, value, value]
  const summary: Summary = {
    ...base.summary,
    final: { ...base.summary.final, testAccuracy: spread(testAccuracy), testLoss: spread(testLoss) },
    instability: { ...spread(instability), quartiles: three(instability) },
    epochsTo80: { reached: 1, quartiles: three(epochsTo80) },
    runs: 10,
    diverged: 0,
    stillLearning: 0,
    ...counts,
  }
  return { ...base, spec, summary, permalink: permalink(spec), digest: permalink(spec) }
}

const grid = (
  batchSizes: readonly (number | 'full')[],
  learningRates: readonly number[],
  came: (index: number) => Came = (index) => ({ instability: 0.001 * (index + 1) }),
) =>
  learningRates.flatMap((learningRate, row) =>
    batchSizes.map((batchSize, column) =>
      resultOf({ batchSize, learningRate }, came(row * batchSizes.length + column)),
    ),
  )
const both: SpecField[] = ['batchSize', 'learningRate']
const view = completeView()
const layoutOf = (results: ExperimentResult[], varied = both, width = 640, value = view.value) =>
  mapLayout(results, varied, quantities[value], width)

function drawn(results: ExperimentResult[], width = 640, given: Partial<Drawing> = {}) {
  const drawing: Drawing = {
    chart: 'map',
    results: results as [ExperimentResult, ...ExperimentResult[]],
    varied: both,
    view,
    references: [],
    ...given,
  }
  const size = { width, height: heightOf(drawing, width) }
  return { drawing, size, svg: renderToString(<ChartOf drawing={drawing} {...size} />) }
}

describe.each(Object.entries(palettes))('the colors of a map in %s', (_, palette) => {
  const colors = colorsOf(palette)
  const ramp = steps.map((__, step) => mapColor(step, colors))

  it('let every label be read: a contrast of 4.5 on each of them', () => {
    expect(ramp).toHaveLength(lastStep + 1)
    for (const [step, color] of ramp.entries())
      expect([step, contrast(color, step > lastInkStep ? palette.paper : palette.ink) >= 4.5]).toEqual([step, true])
  })

  it.each(Object.entries(visions))('go from light to dark, or from dark to light, evenly, with %s', (_name, matrix) => {
    const lightness = [palette.paper, ...ramp].map((color) => seen(color, matrix)[0])
    const changes = lightness.slice(1).map((value, index) => value - lightness[index]!)
    const direction = Math.sign(lightness.at(-1)! - lightness[0]!)
    for (const change of changes) expect(change * direction).toBeGreaterThan(3.5)
    expect(Math.max(...changes.map(Math.abs))).toBeLessThan(17)
  })
})

describe('the cells of a map', () => {
  it('are in ascending order from the left and from below, full after every number, however they were asked for', () => {
    const { cells, columns, rows } = layoutOf(grid(['full', 128, 4, 32], [0.01, 0.1, 0.001]))
    expect(columns.edges.map(({ name }) => name)).toEqual(['4', '32', '128', 'full'])
    expect(rows.edges.map(({ name }) => name)).toEqual(['0.1', '0.01', '0.001'])
    expect(cells.map(({ result: { spec } }) => [spec.learningRate, spec.batchSize])).toEqual(
      [0.1, 0.01, 0.001].flatMap((rate) => [4, 32, 128, 'full'].map((size) => [rate, size])),
    )
    const [first, second] = cells
    expect(second!.box.left).toBeCloseTo(first!.box.right, 6)
    expect(cells[4]!.box.top).toBe(first!.box.bottom)
  })

  it('are in the order of words that were asked for, the first above', () => {
    const results = (['tanh', 'relu'] as const).flatMap((activation) =>
      [8, 64].map((batchSize) => resultOf({ activation, batchSize }, {})),
    )
    const { rows, columns } = layoutOf(results, ['batchSize', 'activation'])
    expect(rows.edges.map(({ name }) => name)).toEqual(['tanh', 'relu'])
    expect([columns.title, rows.title]).toEqual(['batch size', 'activation'])
  })

  it('stand below each other where they would be too narrow beside each other', () => {
    const many = Array.from({ length: 32 }, (_, index) => index + 1)
    const { columns, rows, box } = layoutOf(grid(many, [0.01, 0.1]), both, 328)
    expect([columns.title, columns.edges.length, rows.title, rows.edges.length]).toEqual([
      'learning rate',
      2,
      'batch size',
      32,
    ])
    expect(box.right).toBeLessThanOrEqual(328)
    const one = layoutOf(grid(many, [0.01]), ['batchSize'], 328)
    expect([one.columns, one.rows.edges.length]).toEqual([
      { title: '', edges: [{ name: '', at: expect.any(Number) }] },
      32,
    ])
  })

  it('leave a place empty that has no experiment', () => {
    const { cells, columns, rows } = layoutOf(grid([4, 32], [0.01, 0.1]).slice(0, 3))
    expect([cells.length, columns.edges.length, rows.edges.length]).toEqual([3, 2, 2])
  })

  it('have their names above them where these are long', () => {
    const results = ['128-128-128', '50'].map((hiddenUnits) => resultOf({ hiddenUnits, batchSize: 8 }, {}))
    const { rows, box } = layoutOf(results, ['batchSize', 'hiddenUnits'], 256)
    expect([rows.areNamesAbove, box.left]).toEqual([true, 0])
    expect(layoutOf(results, ['batchSize', 'hiddenUnits'], 640).rows.areNamesAbove).toBe(false)
  })

  it.each(viewChoices.value)('say their %s within themselves, on a phone as on a desk, whatever it is', (value) => {
    const eight = Array.from({ length: 8 }, (_, index) => index + 1)
    const hard = [0, 1e-9, 0.00049, 0.0995, 0.9999, 12.345, 999.6, 4.12e20]
    const came = (index: number): Came => ({
      instability: Math.min(1, hard[index % 8]!),
      testAccuracy: Math.min(1, hard[index % 8]!),
      testLoss: hard[index % 8]!,
      epochsTo80: [1, 12, 999, 2000][index % 4]!,
    })
    for (const width of [256, 328, 640, 1120]) {
      const { cells, fontSize } = layoutOf(
        grid(
          eight,
          eight.map((one) => one / 1000),
          came,
        ),
        both,
        width,
        value,
      )
      expect(fontSize).toBeGreaterThanOrEqual(9)
      for (const { text, box } of cells) {
        const letters = Array.from(text).reduce((sum, letter) => sum + (/[\d×<>%]/.test(letter) ? 7.4 : 4), 0)
        expect([width, text, (letters * fontSize) / 13 <= box.right - box.left]).toEqual([width, text, true])
        expect(text).toMatch(/^<?\.?\d/)
      }
    }
  })

  it('say that all runs diverged, that half never got there, and where there is nothing to tell', () => {
    const results = [
      resultOf({ batchSize: 1 }, { instability: null, epochsTo80: null, diverged: 10 }),
      resultOf({ batchSize: 8, epochs: 90 }, { epochsTo80: null, diverged: 2 }),
      resultOf({ batchSize: 64, epochs: 20 }, { instability: null }),
    ]
    const texts = (value: typeof view.value, width?: number) =>
      layoutOf(results, ['batchSize'], width, value).cells.map(({ text, step }) => [text, step !== undefined])
    expect(texts('instability')).toEqual([
      ['diverged', false],
      ['0.0100', true],
      ['–', false],
    ])
    expect(texts('epochsTo80')).toEqual([
      ['diverged', false],
      ['> 90', false],
      ['9', true],
    ])
    expect(texts('instability', 180)[0]).toEqual(['×', false])
  })
})

describe('the color scale', () => {
  const stepsOf = (values: number[], value: typeof view.value = 'instability') => {
    const results = grid(
      values.map((_, index) => index + 1),
      [0.01],
      (index) => ({ [value]: values[index] }),
    )
    const { cells, legend } = layoutOf(results, ['batchSize'], 1000, value)
    return { steps: cells.map(({ step }) => step), ends: legend.ends }
  }

  it('goes from the lowest to the highest value, from ratio to ratio where these are far apart', () => {
    expect(stepsOf([0.01, 0.02, 0.03, 0.04, 0.05])).toEqual({ steps: [0, 2, 4, 6, 8], ends: ['0.0100', '0.0500'] })
    expect(stepsOf([0.001, 0.01, 0.1])).toEqual({ steps: [0, 4, 8], ends: ['0.0010', '0.1000'] })
    expect(stepsOf([0.02, 0.02])).toEqual({ steps: [4, 4], ends: ['0.0200', '0.0200'] })
    // A value of 0 has no ratio.
    expect(stepsOf([0, 0.05, 0.1]).steps).toEqual([0, 4, 8])
  })

  it('leaves colors to the others where one value is far from them, and says so', () => {
    const { steps: colors, ends } = stepsOf([0.33, 0.8, 0.81, 0.82, 0.83, 0.84], 'testAccuracy')
    expect(colors).toEqual([0, 0, 2, 4, 6, 8])
    expect(ends).toEqual(['≤ 0.800', '0.840'])
    expect(stepsOf([0.8, 0.81, 0.82, 0.83, 0.84, 0.99], 'testAccuracy').ends).toEqual(['0.800', '≥ 0.840'])
  })
})

describe('a map', () => {
  const results = grid([4, 32], [0.01, 0.1], (index) => ({
    instability: [0.01, 0.002, null, 0.03][index]!,
    diverged: [0, 3, 10, 0][index]!,
    stillLearning: [5, 6, 0, 0][index]!,
  }))

  it('marks cells whose runs diverged or still learn by patterns, and says what these mean', () => {
    const { svg } = drawn(results)
    // A bar goes up to the right, a dot is a square; the key has one of each, the cell that diverged has lines.
    const patterns = [...svg.matchAll(/<path fill="currentColor" d="([^"]*)"/g)].map(([, d]) => d!)
    expect(patterns.filter((d) => /l5 -5h3/.test(d))).toHaveLength(2)
    expect(patterns.filter((d) => /h2\.4v2\.4/.test(d))).toHaveLength(2)
    expect(svg.match(/class="line diverged"/g)).toHaveLength(1)
    expect(svg).toContain('>some or all runs diverged<')
    expect(svg).toContain('>most runs still learning<')
    const calm = drawn(grid([4, 32], [0.01, 0.1])).svg
    expect(calm).not.toMatch(/diverged|still learning/)
  })

  it('leads from every cell to its experiment, and tells where: in a file wherever that is shown', () => {
    const { svg, drawing, size } = drawn(results)
    const links = [...svg.matchAll(/<a href="([^"]*)" aria-label="([^"]*)"( tabindex="-1")?>/g)]
    expect(links.map(([, href]) => href!.replaceAll('&amp;', '&'))).toEqual(
      [results[2], results[3], results[0], results[1]].map((result) => result!.permalink),
    )
    expect(links[3]!.slice(2)).toEqual([
      'batch size 32, learning rate 0.01: instability 0.0020, 3 of 10 runs diverged, 6 of 10 runs still learning',
      ' tabindex="-1"',
    ])
    expect(svg).toMatch(/^<svg [^>]*role="group"/)
    const file = renderToString(<ChartOf drawing={drawing} {...size} isFile origin="https://a.example" />)
    expect(file).toContain('<a href="https://a.example/playground?batchSize=4" ')
    expect(file).not.toContain('tabindex')
  })

  it('is explored from cell to cell, and read with its runs', () => {
    const { drawing, size } = drawn(results)
    const { cells } = layoutOf(results)
    const explorer = explorerOf(drawing, size)
    expect(explorer.stops).toBe(4)
    for (const [stop, { box }] of cells.entries()) {
      expect(explorer.nearest({ x: box.left + 1, y: box.top + 1 })).toBe(stop)
      expect(explorer.nearest({ x: box.right - 1, y: box.bottom - 1 })).toBe(stop)
    }
    expect(explorer.nearest({ x: cells[0]!.box.left - 5, y: cells[0]!.box.top })).toBeUndefined()
    expect(explorer.read(0)).toBe('batch size 4, learning rate 0.1: all 10 runs diverged')
    expect(explorer.brief(3)).toBe('batch size 32, learning rate 0.01')
    const { left, top } = cells[1]!.box
    const pointed = renderToString(<ChartOf drawing={drawing} {...size} cursor={1} />)
    expect(pointed).toContain(`<rect class="ring" x="${Math.round(left * 10) / 10}" y="${Math.round(top * 10) / 10}"`)
  })

  it('says in words where it is lowest and highest, and what cells say less than they seem to', () => {
    const { drawing } = drawn(results)
    expect(takeawayOf(drawing)).toBe(
      'Instability: lowest with batch size 32, learning rate 0.01 (0.0020), highest with batch size 32, learning rate 0.1 ' +
        '(0.0300). All runs diverged in 1 of 4 experiments. Some runs diverged in 1 of 4 experiments. Most runs were still ' +
        'learning at the end in 1 of 4 experiments.',
    )
    const slow = grid([4, 32], [0.01], (index) => ({ epochsTo80: [7, null][index]! }))
    expect(takeawayOf({ ...drawn(slow).drawing, view: { ...view, value: 'epochsTo80' } })).toBe(
      'Epochs to a test accuracy of 0.8: lowest with batch size 4, learning rate 0.01 (7). Half of the runs or more never ' +
        'got there in 1 of 2 experiments.',
    )
  })

  it('is named by its number and its fields, and by its updates where these are equal', () => {
    const titleOf = (all: ExperimentResult[], value: typeof view.value = 'instability') =>
      /aria-label="([^"]*)"/.exec(drawn(all, 640, { view: { ...view, value } }).svg)![1]
    expect(titleOf(results)).toBe('Instability by batch size and learning rate')
    expect(titleOf(results, 'testAccuracy')).toBe('Test accuracy by batch size and learning rate')
    const equal = [resultOf({ batchSize: 50, epochs: 60 }, {}), resultOf({ batchSize: 'full', epochs: 600 }, {})]
    expect(titleOf(equal)).toBe('Instability by batch size and learning rate, 600 updates each')
    // Whole epochs make a few more.
    const nearly = [resultOf({ batchSize: 40, epochs: 7 }, {}), resultOf({ batchSize: 50, epochs: 10 }, {})]
    expect(titleOf(nearly)).toBe('Instability by batch size and learning rate, at least 91 updates each')
  })
})

it.each(Object.entries(extremeSpecs))('holds %s', async (_, spec) => {
  const given = [0.5, 1].flatMap((share) =>
    (['full', 1] as const).map((batchSize) => ({ ...spec, batchSize, momentum: 0.9 * share, seeds: 2 })),
  )
  const drawing = await drawingOf('map', given)
  for (const value of viewChoices.value) {
    const shown = { ...drawing, view: { ...view, value } }
    const size = { width: 328, height: heightOf(shown, 328) }
    const svg = renderToString(<ChartOf drawing={shown} {...size} isFile />)
    expect(svg).not.toMatch(/NaN|undefined|null|Infinity/)
    expect(svg.match(/<a href/g)).toHaveLength(4)
    expect(takeawayOf(shown)).not.toMatch(/NaN|undefined|null|Infinity/)
  }
})

describe('a map with cells that stand out', () => {
  const results = grid([16, 32, 64], [0.01, 0.1])
  const [first, ...rest] = results
  const drawing: MapDrawing = {
    results: [first!, ...rest],
    varied: both,
    quantity: quantities.instability,
    marks: {
      outlined: new Set([results[0]!, results[1]!]),
      current: results[2],
      hrefOf: ({ spec }) => `/playground?batchSize=${spec.batchSize}&vary=batchSize`,
    },
  }
  const html = renderToString(markedMap.draw(drawing, { width: 640, height: markedMap.height(drawing, 640) }))

  it('has links that keep the map', () => {
    expect(html.match(/href="[^"]*"/g)).toHaveLength(6)
    expect(html).toContain('href="/playground?batchSize=16&amp;vary=batchSize"')
  })

  it('has one outline around neighbors, without the edge between them, and one ring', () => {
    const { cells } = layoutOf(results)
    const boxes = cells.filter(({ result }) => drawing.marks!.outlined.has(result)).map(({ box }) => box)
    // Two cells have eight edges, of which each has one within.
    expect(outlineOf(boxes).match(/M/g)).toHaveLength(6)
    expect(outlineOf(boxes.slice(0, 1)).match(/M/g)).toHaveLength(4)
    expect(html).toContain(`d="${outlineOf(boxes)}"`)
    expect(html.match(/<rect class="ring"/g)).toHaveLength(1)
  })

  it('leaves cells empty that are not trained yet, which have not diverged', () => {
    const waiting = { ...first!, summary: { ...first!.summary, runs: 0, diverged: 0 } }
    const { cells } = mapLayout([waiting, ...rest], both, { ...quantities.instability, of: () => null }, 640)
    expect(cells.find(({ result }) => result === waiting)?.text).toBe('')
    const early = {
      ...drawing,
      results: [waiting, ...rest] as const,
      quantity: { ...quantities.instability, of: () => null },
    }
    const explorer = markedMap.explore(early, { width: 640, height: 400 })
    const readings = Array.from({ length: explorer.stops }, (_, stop) => explorer.read(stop))
    expect(readings.filter((reading) => reading.endsWith('not trained yet'))).toHaveLength(1)
  })
})
