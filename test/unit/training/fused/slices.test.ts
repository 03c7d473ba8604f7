import { describe, expect, it } from 'vitest'

import { splitOf } from '#datasets/split.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice } from '#training/progress.ts'

/** After how many slices a training yields. */
function slicesOf(given: PartialSpec): number {
  const spec = completeSpec(given)
  return [...trainFused(spec, splitOf(spec), new Slice())].length
}

describe('the slices of a training', () => {
  it('are filled over runs: 200 runs of an epoch are less than one', () => {
    expect(slicesOf({ seeds: 200, epochs: 1 })).toBe(0)
  })

  it('are as many for 200 runs of 10 epochs as for 1 of 2000, up to one a run', () => {
    expect(Math.abs(slicesOf({ seeds: 200, epochs: 10 }) - slicesOf({ epochs: 2000 }))).toBeLessThanOrEqual(2)
  })

  it('divide a long run', () => {
    expect(slicesOf({ epochs: 2000, batchSize: 1 })).toBeGreaterThan(5)
  })
})
