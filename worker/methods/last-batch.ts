/**
 * The treatments of a partial last batch of an epoch by name, one object each: whether it makes an update, and by what
 * its gradients are divided.
 */
import { namesOf } from './names.ts'

interface LastBatch {
  /** Its code in the kernel, see `training/fused/kernel/schedule.ts`. */
  kernelCode: number
  /** Updates of an epoch of `rows` examples in batches of `size`. */
  steps: (rows: number, size: number) => number
  /** The divisor of the summed gradients of a batch of `count` examples. */
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
