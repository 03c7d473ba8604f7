import { describe, expect, it } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { mislabel } from '#datasets/label-noise.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import goldens from '../../golden/tables.json'

describe('label noise', () => {
  it.each(goldens.labelNoise)(
    'replaces the labels that NumPy’s draws replace: %o',
    ({ labels, examples, ...fields }) => {
      const before = Uint8Array.from({ length: examples }, (_, row) => row % fields.classes)
      expect([...mislabel(fields, before, examples).labels]).toEqual(labels)
    },
  )

  it('leaves the points, the test labels and the true labels of the others as they are', () => {
    const clean = makeDataset(completeSpec({}))
    const noisy = makeDataset(completeSpec({ labelNoise: 0.3 }))
    expect(clean.mislabeled).toBeUndefined()
    expect(noisy.coordinates).toEqual(clean.coordinates)
    expect(noisy.labels.subarray(500)).toEqual(clean.labels.subarray(500))
    expect(noisy.mislabeled!.length / 500).toBeCloseTo(0.3, 1)
    noisy.labels.forEach((label, row) => expect(label !== clean.labels[row]).toBe(noisy.mislabeled!.includes(row)))
  })

  it('changes the same rows to the same classes when more are changed', () => {
    const [fewer, more] = [0.1, 0.5].map((labelNoise) => makeDataset(completeSpec({ labelNoise })))
    for (const row of fewer!.mislabeled!) expect(more!.labels[row]).toBe(fewer!.labels[row])
    expect(more!.mislabeled!.length).toBeGreaterThan(3 * fewer!.mislabeled!.length)
  })
})
