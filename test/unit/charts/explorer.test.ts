import { describe, expect, it } from 'vitest'

import { singlePanel } from '#charts/axes/curve-panels.ts'
import { axesOf } from '#charts/axes/curve-scales.ts'
import type { Box } from '#charts/axes/frame.tsx'
import { explorerOf, heightOf, takeawayOf } from '#charts/drawing.tsx'

import { drawingOf } from '../../support/drawings.ts'

const width = 640

describe('the cursor', () => {
  it('stops at every epoch, and reads the history', async () => {
    const drawing = await drawingOf('learning-curves', [{ epochs: 60 }])
    const size = { width, height: heightOf(drawing, width) }
    const explorer = explorerOf(drawing, size)
    const { testAccuracy, trainAccuracy } = drawing.results[0].runs[0]!.history!
    expect(explorer.stops).toBe(60)
    expect(explorer.read(41)).toBe(
      `epoch 42: train ${trainAccuracy[41]!.toFixed(3)}, test ${testAccuracy[41]!.toFixed(3)}`,
    )
    const { whole, detail } = singlePanel(drawing.results[0], drawing.view, axesOf(drawing.results, drawing.view), size)
    const at = ({ left, right }: Box, share: number) => ({ x: left + share * (right - left), y: 150 })
    expect(explorer.nearest(at(whole.box, 0.5))).toBe(29)
    // The last quarter goes from epoch 45 to 60.
    expect(explorer.nearest(at(detail!.box, 1 / 3))).toBe(49)
    expect(explorer.nearest({ x: 36, y: 5000 })).toBeUndefined()
    // A drag is followed past the edges of the area in which it began; before the first epoch there is no stop.
    const began = at(whole.box, 0.5)
    expect([-500, began.x, 5000].map((x) => explorer.nearest({ x, y: -300 }, began))).toEqual([-1, 29, 59])
  })

  it('is at the same number of updates in all panels, whose epochs differ', async () => {
    const drawing = await drawingOf('small-multiples', [{ batchSize: 4 }, { batchSize: 'full' }], { axis: 'updates' })
    const { stops, read } = explorerOf(drawing, { width, height: heightOf(drawing, width) })
    const [small, full] = drawing.results.map(({ runs }) => runs[0]!.history!.testAccuracy)
    // The last of the small batch's 25,000 updates; the full batch has long ended.
    expect(read(stops - 1)).toMatch(/^update 2\d\u202f\d{3}: /)
    expect(read(stops - 1)).toContain(`full batch (500) test ${full!.at(-1)!.toFixed(3)}`)
    expect(read(0)).toContain(`batch size 4 test ${small![0]!.toFixed(3)}`)
  })

  it('reads the point under it', async () => {
    const drawing = await drawingOf('dataset', [{}])
    const explorer = explorerOf(drawing, { width, height: heightOf(drawing, width) })
    expect(explorer.stops).toBe(1000)
    expect(explorer.read(0)).toMatch(/^(train|test) example \d+, class [012], at −?\d+\.\d\d, −?\d+\.\d\d$/)
    expect(explorer.nearest({ x: -500, y: 0 })).toBeUndefined()
  })

  it('reads the point under it with the region that it lies in; no region where the run diverged', async () => {
    const drawing = await drawingOf('decision-boundary', [{ epochs: 20 }])
    const size = { width, height: heightOf(drawing, width) }
    const { stops, read } = explorerOf(drawing, size)
    const { points, labels } = drawing.data!
    const words = Array.from({ length: stops }, (_, stop) => read(stop))
    expect(words).toHaveLength(points.length)
    const parts = words.map((text) =>
      /^(?:train|test) example (\d+), class (\d), at .*, in the region of class (\d) \(probability (\d\.\d\d)\)$/.exec(
        text,
      )!,
    )
    for (const [, row, label] of parts) expect(labels[Number(row) - 1]).toBe(Number(label))
    // The regions are right for as many points as the run is: the cells at a border are as wide as a hundredth.
    const { trainAccuracy, testAccuracy } = drawing.results[0].runs[0]!.final
    const right = parts.filter(([, , label, region]) => label === region).length / stops
    expect(Math.abs(right - (trainAccuracy! + testAccuracy!) / 2)).toBeLessThan(0.01)
    for (const part of parts) expect(Number(part[4])).toBeGreaterThan(1 / 3)
    const diverged = { ...drawing, boundary: { ...drawing.boundary!, classes: null, confidences: null } }
    expect(explorerOf(diverged, size).read(0)).toMatch(/class \d, at \S+, \S+$/)
  })

  it('reads accuracy and instability at a setting of a sweep', async () => {
    const drawing = await drawingOf('sweep', [{ batchSize: 8 }, { batchSize: 64 }])
    const explorer = explorerOf(drawing, { width, height: heightOf(drawing, width) })
    const { final, instability } = drawing.results[1]!.runs[0]!
    expect(explorer.read(1)).toBe(
      `batch size 64: test accuracy ${final.testAccuracy!.toFixed(3)}, instability ${instability!.toFixed(4)}`,
    )
  })
})

describe('the takeaway', () => {
  it('is computed from the result', async () => {
    const drawing = await drawingOf('learning-curves', [{}])
    const { epochsTo80, final, instability } = drawing.results[0].runs[0]!
    expect(takeawayOf(drawing)).toBe(
      `Test accuracy first reaches 0.8 at epoch ${epochsTo80} and ends at ${final.testAccuracy!.toFixed(3)}. Over the last quarter of the epochs its instability is ${instability!.toFixed(4)}.`,
    )
  })

  it('says of a run that still moves where it goes, and of several how many do', async () => {
    const [still] = (await drawingOf('learning-curves', [{ batchSize: 'full', seeds: 6 }])).results
    const takeawayOfOne = (run: Partial<(typeof still)['runs'][0]>) => {
      const result = { ...still, runs: [{ ...still.runs[0]!, ...run }], summary: { ...still.summary, runs: 1 } }
      return takeawayOf({ ...drawing, results: [result] })
    }
    const drawing = await drawingOf('learning-curves', [{}])
    expect(takeawayOfOne({ instability: 0.0006, drift: 0.00375, stillLearning: true })).toMatch(
      /its instability is 0\.0006, and it still rises by 0\.004\.$/,
    )
    expect(takeawayOfOne({ instability: 0.0006, drift: -0.00375, stillLearning: true })).toMatch(
      /its instability is 0\.0006, and it still falls by 0\.004\.$/,
    )
    expect(takeawayOfOne({ instability: 0.0006, drift: 0.0001, stillLearning: false })).toMatch(/is 0\.0006\.$/)
    const moving = still.runs.filter(({ stillLearning }) => stillLearning).length
    expect(moving).toBeGreaterThan(0)
    expect(takeawayOf({ ...drawing, results: [still] })).toContain(`Still learning at the end: ${moving} of 6.`)
  })

  it('names the calmest and the most volatile of a sweep', async () => {
    const drawing = await drawingOf('sweep', [{ batchSize: 1 }, { batchSize: 'full' }, { batchSize: 32 }])
    expect(takeawayOf(drawing)).toMatch(
      /^Instability is lowest with full batch \(500\) \(0\.00\d\d\)\. It is highest with batch size 1 \(0\.0\d{3}\)\. The highest test accuracies are closer than 500 test points can tell apart\.$/,
    )
  })

  it('says that a run diverged', async () => {
    const drawing = await drawingOf('learning-curves', [{ learningRate: 10, momentum: 0.99, batchSize: 8 }])
    expect(takeawayOf(drawing)).toMatch(/^The training diverged/)
  })

  it('says how far the data can be told apart', async () => {
    expect(takeawayOf(await drawingOf('dataset', [{}]))).toMatch(
      /500 examples train, 500 test\..* right for 0\.84\d of them/,
    )
  })
})
