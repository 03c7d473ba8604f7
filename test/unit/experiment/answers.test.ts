/** What comes back, and what a reader is told of it. */
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'

import { LruCache } from '#experiment/lru-cache.ts'
import { Boundary } from '#experiment/result/boundary.ts'
import { gridOver, gridPoints } from '#experiment/result/grid.ts'
import { LabeledPoints } from '#experiment/result/labeled-points.ts'
import { emptyNumbers, writeEpoch } from '#experiment/result/numbers.ts'
import { ExperimentResult } from '#experiment/result/result.ts'
import { FieldError } from '#experiment/spec/field-error.ts'
import { presets } from '#experiment/spec/presets.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

/** Every description in a schema. */
function descriptionsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'description' && typeof value === 'string' ? [value] : descriptionsOf(value),
  )
}

it.each([
  ['a result', ExperimentResult, 20],
  ['a boundary', Boundary, 2],
  ['points', LabeledPoints, 4],
  ['an error', FieldError, 3],
] as const)('every description of %s says something', (_, schema, least) => {
  const descriptions = descriptionsOf(z.toJSONSchema(schema))
  expect(descriptions.length).toBeGreaterThanOrEqual(least)
  for (const text of descriptions) expect(text).toMatch(/^\S.{5,}[^ ]$/s)
})

it('the forms of answers are strict: what they do not name is not in them', () => {
  const points = { points: [[0, 1]], labels: [0], trainExamples: 1, featureNames: ['x', 'y'], classNames: ['0'] }
  expect(LabeledPoints.safeParse(points).success).toBe(true)
  expect(LabeledPoints.safeParse({ ...points, centers: [[0, 0]] }).success).toBe(true)
  for (const wrong of [{ labels: [-1] }, { trainExamples: 0 }, { points: [[0]] }, { more: 1 }])
    expect([wrong, LabeledPoints.safeParse({ ...points, ...wrong }).success]).toEqual([wrong, false])
  const boundary = { classes: [0], columns: 1, rows: 1, extent: { x: [0, 1], y: [0, 1] }, confidences: [255] }
  expect([
    Boundary.safeParse(boundary).success,
    Boundary.safeParse({ ...boundary, classes: null, confidences: null }).success,
  ]).toEqual([true, true])
  for (const wrong of [
    { classes: [-1] },
    { confidences: [256] },
    { confidences: undefined },
    { extent: { x: [0, 1] } },
    { more: 1 },
  ])
    expect([wrong, Boundary.safeParse({ ...boundary, ...wrong }).success]).toEqual([wrong, false])
})

describe('the grid of a boundary', () => {
  it('covers the data and a tenth around them, 100 cells on each side', () => {
    const { columns, rows, extent } = gridOver(Float64Array.of(0, -5, 10, 5, 3, 0))
    expect([columns, rows, extent]).toEqual([100, 100, { x: [-1, 11], y: [-6, 6] }])
    // Points that coincide still lie in a plane.
    expect(gridOver(Float64Array.of(2, 3, 2, 3)).extent).toEqual({ x: [1, 3], y: [2, 4] })
  })

  it('has its points in the middle of its cells, row by row from the lowest up', () => {
    const points = gridPoints({ columns: 2, rows: 3, extent: { x: [0, 4], y: [10, 16] } })
    expect([...points]).toEqual([1, 11, 3, 11, 1, 13, 3, 13, 1, 15, 3, 15])
  })
})

it('an epoch whose values are all finite is written, and the run goes on', () => {
  const spec = completeSpec({ epochs: 1 })
  const values = { runningLoss: 1, runningAccuracy: 2, trainLoss: 3, trainAccuracy: 4, testLoss: 5, testAccuracy: 6 }
  const numbers = emptyNumbers(spec)
  expect([writeEpoch(numbers, spec, 0, 0, values), [...numbers]]).toEqual([true, [1, 2, 3, 4, 5, 6]])
  expect(writeEpoch(numbers, spec, 0, 0, { ...values, testLoss: NaN })).toBe(false)
})

it('the tutorial’s experiments have names that a reader knows them by', () => {
  expect(presets.map(({ slug, title }) => `${slug}: ${title}`)).toEqual([
    'batch-gradient-descent: Batch gradient descent',
    'stochastic-gradient-descent: Stochastic gradient descent',
    'stochastic-small-learning-rate: Stochastic gradient descent with a small learning rate',
    'mini-batch-gradient-descent: Mini-batch gradient descent',
    ...[4, 8, 16, 32, 64, 128, 256, 450].map((size) => `batch-size-${size}: Batch size ${size}`),
  ])
})

it('what fills a memory to the last byte is kept', () => {
  const recent = new LruCache<string>(1010, ({ length }) => length)
  recent.set('a', 'x'.repeat(10))
  expect([recent.get('a')?.length, recent.bytes]).toEqual([10, 1010])
  recent.set('b', 'x'.repeat(11))
  expect([recent.get('a')?.length, recent.get('b')]).toEqual([10, undefined])
})
