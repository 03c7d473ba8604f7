import { expect, it } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import { gridPoints } from '#experiment/result/grid.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { trainBoundary } from '#training/by-engine.ts'

function boundaryOf(given: PartialSpec): { boundary: Boundary; slices: number } {
  const training = trainBoundary(completeSpec(given))
  for (let slices = 0; ; slices++) {
    const slice = training.next()
    if (slice.done) return { boundary: slice.value, slices }
  }
}

it('covers the data plus a tenth, row by row from the lowest y', () => {
  const { boundary } = boundaryOf({ epochs: 5 })
  const { coordinates } = makeDataset(completeSpec({}))
  const xs = Array.from(coordinates).filter((_, at) => at % 2 === 0)
  const [left, right] = boundary.extent.x
  expect(left).toBeCloseTo(Math.min(...xs) - 0.1 * (Math.max(...xs) - Math.min(...xs)), 10)
  expect(right).toBeCloseTo(Math.max(...xs) + 0.1 * (Math.max(...xs) - Math.min(...xs)), 10)
  expect(boundary.classes).toHaveLength(100 * 100)
  const points = gridPoints(boundary)
  expect(points[3]).toBe(points[1])
  expect(points[2]).toBeGreaterThan(points[0]!)
  expect(points[201]).toBeGreaterThan(points[1]!)
})

it('gives each center of the tutorial’s clusters its own class', () => {
  const { boundary } = boundaryOf({})
  const { columns, rows, extent, classes } = boundary
  const cell = (value: number, [low, high]: [number, number], count: number) =>
    Math.floor(((value - low) / (high - low)) * count)
  const predicted = makeDataset(completeSpec({})).centers!.map(
    ([x, y]) => classes![cell(y, extent.y, rows) * columns + cell(x, extent.x, columns)],
  )
  expect(predicted).toEqual([0, 1, 2])
})

it('is the same from both engines, but for cells at the boundary', () => {
  const fused = boundaryOf({ epochs: 3 }).boundary
  const layers = boundaryOf({ epochs: 3, engine: 'layers' }).boundary
  expect(layers.classes!.filter((predicted, cell) => predicted !== fused.classes![cell]).length).toBeLessThan(20)
  const gaps = layers.confidences!.map((confidence, cell) => Math.abs(confidence - fused.confidences![cell]!))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1)
})

it('is null when the training diverged', () => {
  const { boundary } = boundaryOf({ learningRate: 10, momentum: 0.99, epochs: 40, batchSize: 1 })
  expect([boundary.classes, boundary.confidences]).toEqual([null, null])
})

it.each(['fused', 'layers'] as const)('is more certain far from the other clusters than between them: %s', (engine) => {
  const { columns, confidences, classes } = boundaryOf({ engine, epochs: 20 }).boundary
  const isBorder = (cell: number) =>
    classes![cell] !== classes![cell + 1] || classes![cell] !== classes![cell + columns]
  const inner = Array.from({ length: 99 * 100 - 1 }, (_, cell) => cell).filter((cell) => (cell + 1) % columns > 0)
  const mean = (cells: number[]) => cells.reduce((sum, cell) => sum + confidences![cell]! / 255, 0) / cells.length
  expect(mean(inner.filter(isBorder))).toBeLessThan(0.6)
  expect(mean(inner.filter((cell) => !isBorder(cell)))).toBeGreaterThan(0.8)
  for (const confidence of confidences!) expect(confidence).toBeGreaterThanOrEqual(Math.round(255 / 3))
})

it('yields between slices, and only the first run is trained', () => {
  expect(boundaryOf({ batchSize: 1, epochs: 2000, seeds: 50 }).slices).toBeGreaterThan(10)
}, 30_000)
