/**
 * A dataset as what a network trains and is tested on.
 */
import type { Dataset } from './dataset.ts'

/** Rows of a split, as float32: what every engine computes with. */
export interface Rows {
  count: number
  /** Inputs [count][2]. */
  inputs: Float32Array<ArrayBuffer>
  /** The class of each row [count]. */
  labels: Uint8Array<ArrayBuffer>
}

export interface Split {
  train: Rows
  test: Rows
}

/** The first rows train, the rest test. */
export function splitDataset({ coordinates, labels, trainExamples }: Dataset): Split {
  const rows = (from: number, to: number): Rows => ({
    count: to - from,
    inputs: Float32Array.from(coordinates.subarray(2 * from, 2 * to)),
    labels: labels.slice(from, to),
  })
  return { train: rows(0, trainExamples), test: rows(trainExamples, labels.length) }
}
