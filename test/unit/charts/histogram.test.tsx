/** The histogram of final test accuracies. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { binsOf } from '#charts/axes/bins.ts'
import { ChartOf, explorerOf, heightOf, takeawayOf, type Drawing } from '#charts/drawing.tsx'
import { meanInterval } from '#experiment/result/confidence-interval.ts'
import { summarize } from '#experiment/result/summary.ts'

import { drawingOf } from '../../support/drawings.ts'
import { readSvg } from '../../support/svg.ts'

const base = await drawingOf('histogram', [{ epochs: 2, seeds: 2 }])

/** A histogram of experiments of 500 test examples whose runs end at these accuracies; null if a run diverged. */
function histogramOf(...groups: (number | null)[][]): Drawing {
  const results = groups.map((values, index) => {
    const [result] = base.results
    const runs = values.map((testAccuracy, run) => ({
      ...result.runs[0]!,
      seed: run,
      diverged: testAccuracy === null,
      final: { ...result.runs[0]!.final, testAccuracy },
    }))
    const spec = { ...result.spec, seeds: values.length, batchSize: index === 0 ? 4 : 256 }
    return { ...result, spec, runs, summary: summarize(runs) }
  })
  return { ...base, varied: groups.length > 1 ? ['batchSize'] : [], results: results as unknown as Drawing['results'] }
}

const svgOf = (drawing: Drawing, width = 640, cursor?: number) =>
  renderToString(<ChartOf drawing={drawing} width={width} height={heightOf(drawing, width)} cursor={cursor} />)

describe('bins of accuracies', () => {
  it('cover as many values each as the others, and contain every value once', () => {
    const values = Array.from({ length: 30 }, (_, run) => (400 + ((run * 7) % 23)) / 500)
    for (const examples of [500, 50, 7]) {
      const bins = binsOf([values], examples)
      const widths = bins.map(({ low, high }) => Math.round((high - low) * examples))
      expect(new Set(widths).size).toBe(1)
      expect(bins.reduce((sum, { counts }) => sum + counts[0]!, 0)).toBe(30)
      expect([bins[0]!.counts[0]! > 0, bins.at(-1)!.counts[0]! > 0]).toEqual([true, true])
    }
  })

  it('have edges between the values that an accuracy can take', () => {
    // Of 10 test examples 6, 7 or 8 are right.
    expect(binsOf([[0.6, 0.7, 0.7, 0.8]], 10)).toEqual([
      { first: 0.6, last: 0.7, low: 0.55, high: 0.75, counts: [3] },
      { first: 0.8, last: 0.9, low: 0.75, high: 0.95, counts: [1] },
    ])
    expect(binsOf([[1, 1, 1]], 10)).toEqual([{ first: 1, last: 1, low: 0.95, high: 1.05, counts: [3] }])
  })

  it('are common to groups, follow the one that spreads less, and are never too many', () => {
    const narrow = [0.8, 0.802, 0.804, 0.806]
    const bins = binsOf([narrow, [0.7, 0.9, 0.82, 0.84]], 500)
    // Two values a bin would suit the narrow group. All values together are 101 apart, which takes three a bin.
    expect([bins.length, Math.round(500 * (bins[0]!.high - bins[0]!.low))]).toEqual([34, 3])
    expect(binsOf([narrow, [0.79, 0.82]], 500).map(({ counts }) => counts)).toHaveLength(8)
    expect(binsOf([narrow, [0, 1]], 500).length).toBeLessThanOrEqual(48)
    expect(binsOf([[], []], 500)).toEqual([])
  })
})

describe('the histogram', () => {
  const values = [0.8, 0.81, 0.82, 0.82, 0.83, 0.84]

  it('says mean, standard deviation and range', () => {
    expect(takeawayOf(histogramOf(values))).toBe(
      'In 6 runs, test accuracy ends at 0.820\u00a0±\u00a00.014 (mean and standard deviation), from 0.800 to 0.840.',
    )
    expect(takeawayOf(histogramOf([...values, null], [0.5, 0.6]))).toBe(
      'In 6 runs with batch size 4, test accuracy ends at 0.820\u00a0±\u00a00.014 (mean and standard deviation), from 0.800 to 0.840. 1 of 7 runs diverged. In 2 runs with batch size 256, test accuracy ends at 0.550\u00a0±\u00a00.071 (mean and standard deviation), from 0.500 to 0.600.',
    )
  })

  it('has a sentence in place of a chart where nothing is spread', () => {
    const one = histogramOf([0.8])
    expect(takeawayOf(one)).toBe('One run gives one accuracy, 0.800: its spread takes several seeds.')
    expect(svgOf(one)).not.toContain('class="count"')
    expect(
      readSvg(svgOf(one))
        .texts.map(({ text }) => text)
        .join(' '),
    ).toBe(takeawayOf(one))
    expect(takeawayOf(histogramOf([null]))).toBe('The run diverged.')
    expect(takeawayOf(histogramOf([null, null]))).toBe('All runs diverged.')
  })

  it('marks the mean and its interval where they are', () => {
    const svg = svgOf(histogramOf(values))
    const { low, high, value } = meanInterval(values)
    const [, from, , to] = /class="outline" d="M([\d.]+) ([\d.]+)H([\d.]+)M/.exec(svg)!.map(Number)
    const [, center] = /<circle class="dot" cx="([\d.]+)"/.exec(svg)!.map(Number)
    // Positions are linear in accuracies.
    expect((center! - from!) / (to! - from!)).toBeCloseTo((value - low) / (high - low), 2)
    // Fewer than five values give no interval.
    expect(svgOf(histogramOf(values.slice(0, 4)))).not.toContain('class="outline"')
  })

  it('draws bars as high as their counts, two experiments on the same axes', () => {
    const svg = svgOf(histogramOf(values, [0.82, 0.82, 0.82]))
    const bars = Array.from(svg.matchAll(/class="count" d="([^"]*)"/g), ([, d]) =>
      Array.from(d!.matchAll(/M([\d.]+) ([\d.]+)V([\d.]+)H/g), ([, x, bottom, top]) => ({
        x: Number(x),
        height: Number(bottom) - Number(top),
      })),
    )
    expect(bars).toHaveLength(2)
    const [one, other] = bars as [{ x: number; height: number }[], { x: number; height: number }[]]
    const unit = other[0]!.height / 3
    for (const { height } of one) expect(height / unit).toBeCloseTo(Math.round(height / unit), 1)
    expect(one.reduce((sum, { height }) => sum + Math.round(height / unit), 0)).toBe(6)
    expect(one.map(({ x }) => x)).toContain(other[0]!.x)
  })

  it('compares with a pinned experiment', () => {
    const drawing = histogramOf(values, [0.5, 0.6, 0.7])
    const [first, second] = drawing.results
    const words = takeawayOf({ ...drawing, results: [first], varied: [], pinned: second! })
    expect(words).toContain('with batch size 4')
    expect(words).toContain('with batch size 256')
  })

  it('reads the bin under the pointer', () => {
    const drawing = histogramOf(values, [0.82, 0.82, 0.82])
    const size = { width: 640, height: heightOf(drawing, 640) }
    const { stops, read, nearest } = explorerOf(drawing, size)
    const all = Array.from({ length: stops }, (_, stop) => read(stop))
    expect(all.filter((words) => words.includes('batch size 256 3 of 3 runs'))).toEqual([
      expect.stringMatching(/^test accuracy 0\.8\d\d.*: batch size 4 \d of 6 runs; batch size 256 3 of 3 runs$/),
    ])
    for (let stop = 0; stop < stops; stop++) {
      const [, x, y, width, height] = /<rect class="ring" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/
        .exec(svgOf(drawing, 640, stop))!
        .map(Number) as [number, number, number, number, number]
      expect(nearest({ x: x + width / 2, y: y + height - 1 })).toBe(stop)
    }
    expect(nearest({ x: 5, y: 100 })).toBeUndefined()
  })
})
