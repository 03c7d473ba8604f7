/**
 * What is done with a partial last batch of an epoch, by name, one object each.
 */
import { namesOf } from './names.ts'

interface LastBatch {
  /** Its code in the kernel: `training/fused/kernel/schedule.ts`. */
  kernelCode: number
  /** Steps of an epoch of so many rows in batches of a size. */
  steps: (rows: number, size: number) => number
  /** What the sum of the gradients of a batch of `count` rows is divided by. */
  divisor: (count: number, size: number) => number
}

const ofOwnRows = (count: number) => count
const withPartial = (rows: number, size: number) => Math.ceil(rows / size)

export const lastBatches = {
  kept: { kernelCode: 0, steps: withPartial, divisor: ofOwnRows },
  scaled: { kernelCode: 1, steps: withPartial, divisor: (_, size) => size },
  dropped: {
    kernelCode: 2,
    steps: (rows, size) => Math.floor(rows / size),
    divisor: ofOwnRows,
  },
} as const satisfies Record<string, LastBatch>

export type LastBatchName = keyof typeof lastBatches
/** The names; the first is the default. */
export const lastBatchNames = namesOf(lastBatches)
