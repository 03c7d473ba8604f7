/** The noise meter: what it draws, reads and says of a run. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { ChartOf, explorerOf, heightOf, takeawayOf, type Drawing } from '#charts/drawing.tsx'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { extremeSpecs } from '../../support/extreme-specs.ts'
import { readSvg } from '../../support/svg.ts'

const width = 640
const meterOf = (given: PartialSpec) => drawingOf('gradient-noise', [given])
const pathsOf = (drawing: Drawing) =>
  readSvg(renderToString(<ChartOf drawing={drawing} width={width} height={heightOf(drawing, width)} isFile />))

/** A drawing of a run of four epochs whose noise is given. */
async function drawn(given: PartialSpec, noise: Partial<GradientNoise>): Promise<Drawing> {
  const drawing = await meterOf({ epochs: 4, ...given })
  return { ...drawing, noise: { ...drawing.noise!, ...noise } }
}

describe('the noise meter', () => {
  it('draws the scale by epoch, the batch size across, and a band where more than half is noise', async () => {
    const drawing = await drawn(
      { batchSize: 50 },
      { noiseScale: [5, 500, 20, 5000, 50], noiseShare: [0.1, 0.9, 0.3, 0.99, 0.47] },
    )
    const { paths, texts } = pathsOf(drawing)
    const curve = paths.find(({ classes }) => classes.endsWith('line class-1'))
    expect(curve!.points).toHaveLength(5)
    const line = paths.find(({ classes }) => classes.endsWith('line class-0'))!.points
    expect(line).toHaveLength(2)
    const across = line[0]!.y
    expect(line[1]!.y).toBe(across)
    const heights = curve!.points.map(({ y }) => y)
    // The last value is the batch size.
    expect(heights[4]).toBeCloseTo(across, 0)
    // A decade is as high everywhere.
    expect(heights[0]! - heights[4]!).toBeCloseTo(heights[4]! - heights[1]!, 0)
    // The band begins a little above the line: 50 of 500 rows are drawn without replacement.
    const band = paths.find(({ classes }) => classes.endsWith('band class-1'))
    const lowest = Math.max(...band!.points.map(({ y }) => y))
    expect(heights[4]! - lowest).toBeCloseTo((heights[4]! - heights[1]!) * Math.log10(499 / 450), 0)
    expect(texts.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['batch size 50', 'more noise than gradient', 'noise scale, in examples (log scale)']),
    )
  })

  it('has a step in the line where the batch grows, and names the last size', async () => {
    const { paths, texts } = pathsOf(await meterOf({ batchSize: 4, batchSizeSchedule: '2:50', epochs: 4 }))
    const line = paths.find(({ classes }) => classes.endsWith('line class-0'))!.points
    expect(line).toHaveLength(4)
    expect(line[1]!.x).toBe(line[2]!.x)
    expect(line[2]!.y).toBeLessThan(line[1]!.y)
    expect(texts.map(({ text }) => text)).toContain('batch size, at last 50')
  })

  it('has no band where no batch is mostly noise', async () => {
    for (const given of [{ batchSize: 'full' }, { batchSize: 450 }] as const) {
      const drawing = await drawn(given, { noiseScale: [5, 2000, 20, 700, 50], noiseShare: [0, 0.3, 0, 0.1, 0] })
      const { paths, texts } = pathsOf(drawing)
      expect(paths.filter(({ classes }) => classes.includes('band'))).toEqual([])
      expect(texts.map(({ text }) => text)).not.toContain('more noise than gradient')
    }
  })

  it('reads scale and share at every measured epoch', async () => {
    const drawing = await meterOf({ epochs: 450, examples: 60 })
    const size = { width, height: heightOf(drawing, width) }
    const explorer = explorerOf(drawing, size)
    expect(explorer.stops).toBe(201)
    expect(explorer.read(0)).toMatch(
      /^epoch 0: noise scale [\d.]+ examples, 0\u00a0% of a batch’s squared gradient is noise$/,
    )
    expect(explorer.brief(200)).toMatch(/^epoch 450: noise scale /)
    const at = (share: number) => ({ x: 40 + share * (width - 58), y: 100 })
    expect([0, 0.25, 0.5, 1].map((share) => explorer.nearest(at(share)))).toEqual([0, 50, 100, 200])
    expect(explorer.nearest({ x: 0, y: 100 })).toBeUndefined()
    expect(explorer.nearest({ x: 100, y: size.height })).toBeUndefined()
  })

  it.each(Object.entries(extremeSpecs))('stays within its axes with %s', async (_, spec) => {
    for (const given of [spec, { ...spec, batchSize: 1 }, { ...spec, batchSize: 'full' }] as const) {
      const drawing = await meterOf(completeSpec(given))
      const svg = renderToString(<ChartOf drawing={drawing} width={width} height={320} isFile />)
      expect(svg).not.toMatch(/NaN|undefined|null|Infinity/)
      for (const { classes, points } of readSvg(svg).paths)
        if (/line|band/.test(classes))
          for (const { x, y } of points) {
            expect(x).toBeGreaterThan(39)
            expect(x).toBeLessThan(width - 17)
            expect(y).toBeGreaterThan(31)
            expect(y).toBeLessThan(320 - 43)
          }
    }
  })
})

describe('its takeaway', () => {
  const scales = { noiseScale: [2.5, 40, 90, 20, 833], noiseShare: [0.1, 0.6, 0.7, 0.3, 0.96] }

  it('says from where to where the scale goes, and when noise takes over', async () => {
    expect(takeawayOf(await drawn({}, scales))).toBe(
      'The noise scale is 2.50 examples before the first epoch and 833 after the last. A batch of 32 has more noise than gradient at 3 of 5 measured moments, first after epoch 1. At the end, 96\u00a0% of its squared gradient is noise.',
    )
    expect(takeawayOf(await drawn({}, { ...scales, noiseShare: [0.1, 0.2, 0.3, 0.2, 0.5] }))).toContain(
      'A batch of 32 never has more noise than gradient. At the end, 50\u00a0% of its',
    )
    expect(takeawayOf(await drawn({}, { ...scales, noiseShare: [0.6, 0.7, 0.8, 0.7, 0.999] }))).toContain(
      'A batch of 32 has more noise than gradient all the way. At the end, more than 99\u00a0% of its',
    )
  })

  it('says of a full batch that it has none', async () => {
    expect(takeawayOf(await drawn({ batchSize: 'full' }, { ...scales, noiseShare: [0, 0, 0, 0, 0] }))).toBe(
      'The noise scale is 2.50 examples before the first epoch and 833 after the last. The gradient of a full batch has no noise.',
    )
  })

  it('says where a run diverged, and where nothing is left of a gradient', async () => {
    const half = { noiseScale: [2.5, 40, null, null, null], noiseShare: [0.1, 0.6, null, null, null], diverged: true }
    expect(takeawayOf(await drawn({}, half))).toBe(
      'The noise scale is 2.50 examples before the first epoch and 40.0 after epoch 1. Then the training diverged. A batch of 32 has more noise than gradient at 1 of 2 measured moments, first after epoch 1. Before it diverged, 60\u00a0% of its squared gradient is noise.',
    )
    const gone = { noiseScale: [2.5, 40, 90, 20, null], noiseShare: [0.1, 0.6, 0.7, 0.3, 0] }
    expect(takeawayOf(await drawn({}, gone))).toContain(
      'The noise scale is 2.50 examples before the first epoch; nothing is left of the gradient after the last.',
    )
  })
})
