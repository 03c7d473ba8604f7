import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { blobs as generator } from '#datasets/generated/blobs.ts'
import { inputsOf } from '#datasets/inputs.ts'
import type { Points } from '#datasets/points.ts'
import { splitDataset } from '#datasets/split.ts'
import { inputCount } from '#experiment/spec/hidden-layers.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import goldens from '../../golden/datasets.json'
import ofNumPy from '../../golden/tables.json'
import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const sha256 = (bytes: Float64Array | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const row = ({ coordinates }: Points, index: number) => [...coordinates.subarray(2 * index, 2 * index + 2)]
/** Points of blobs by scikit-learn's arguments. */
const blobsOf = (examples: number, classes: number, noise: number, datasetSeed: number) =>
  generator.make({ ...completeSpec({}), examples, classes, noise, datasetSeed })

describe('blobs', () => {
  it.each(goldens.blobs)('are scikit-learn’s in every bit: $call', ({ examples, classes, noise, seed, ...golden }) => {
    const blobs = blobsOf(examples, classes, noise, seed)
    expect(golden.first.map((_, index) => row(blobs, index))).toEqual(golden.first)
    if (golden.centers) expect(blobs.centers).toEqual(golden.centers)
    expect(sha256(blobs.coordinates)).toBe(golden.points)
    expect(sha256(blobs.labels)).toBe(golden.labels)
  })

  it.each(goldens.otherBlobs)(
    'of other settings are within 1e-14 of scikit-learn’s, not equal in every bit: $call',
    ({ examples, classes, noise, seed, ...golden }) => {
      const point = row(blobsOf(examples, classes, noise, seed), golden.row)
      const errors = point.map((value, axis) => Math.abs(value - golden.point[axis]!))
      expect(Math.max(...errors)).toBeGreaterThan(0)
      expect(Math.max(...errors)).toBeLessThan(1e-14)
    },
  )

  it('by default are the tutorial’s: 334, 333 and 333 of each class', () => {
    const { labels, coordinates, trainExamples } = makeDataset(completeSpec({}))
    expect([0, 1, 2].map((label) => labels.filter((value) => value === label).length)).toEqual([334, 333, 333])
    expect(sha256(coordinates)).toBe(goldens.blobs[0]!.points)
    expect(trainExamples).toBe(500)
  })
})

describe.each([
  ['moons', goldens.moons],
  ['circles', goldens.circles],
] as const)('%s', (dataset, { examples, noise, seed, labels, every10th }) => {
  const points = makeDataset(completeSpec({ dataset, examples, noise, datasetSeed: seed }))

  it('are within 1e-14 of scikit-learn’s', () => {
    every10th.forEach((expected, index) => {
      const [x = NaN, y = NaN] = row(points, 10 * index)
      expect(Math.abs(x - expected[0]!)).toBeLessThan(1e-14)
      expect(Math.abs(y - expected[1]!)).toBeLessThan(1e-14)
    })
    expect(sha256(points.labels)).toBe(labels)
  })
})

describe.each(ofNumPy.spirals)('spirals of $classes arms', ({ examples, classes, noise, seed, labels, every10th }) => {
  const points = makeDataset(completeSpec({ dataset: 'spirals', examples, classes, noise, datasetSeed: seed }))

  it('are within 1e-14 of what NumPy makes by the same formula and draws', () => {
    every10th.forEach((expected, index) => {
      const [x = NaN, y = NaN] = row(points, 10 * index)
      expect(Math.abs(x - expected[0]!)).toBeLessThan(1e-14)
      expect(Math.abs(y - expected[1]!)).toBeLessThan(1e-14)
    })
    expect(sha256(points.labels)).toBe(labels)
  })
})

it('every spec has as many finite points as it asks for, of its classes, in two parts', () => {
  fc.assert(
    fc.property(fieldsAndSpec, ({ spec }) => {
      const dataset = makeDataset(spec)
      const { train, test } = splitDataset(dataset)
      expect(dataset.labels).toHaveLength(spec.examples)
      expect(dataset.labels.every((label) => label < spec.classes)).toBe(true)
      expect(dataset.coordinates.every(Number.isFinite)).toBe(true)
      expect(train.count + test.count).toBe(spec.examples)
      expect(Math.min(train.count, test.count)).toBeGreaterThan(0)
      expect([...train.labels, ...test.labels]).toEqual([...dataset.labels])
      expect([...train.inputs, ...test.inputs]).toEqual([...inputsOf(dataset, dataset.coordinates)])
      expect(train.features).toBe(inputCount(spec))
      expect(train.inputs).toHaveLength(train.count * train.features)
    }),
    { numRuns: 50 },
  )
})
