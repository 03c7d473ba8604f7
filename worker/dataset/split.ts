/**
 * A dataset as what a network trains and is tested on.
 */
import { makeDataset, type Dataset, type DatasetSpec } from './dataset.ts'

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

/** The splits that were asked for last, by the fields that decide them. */
const remembered = new Map<string, Split>()
const mostRemembered = 8

/** The split of a spec's dataset. Who changes the training keeps the data, so the last ones are remembered. */
export function splitOf({ dataset, examples, classes, noise, datasetSeed, trainFraction }: DatasetSpec): Split {
  const fields = { dataset, examples, classes, noise, datasetSeed, trainFraction }
  const key = JSON.stringify(fields)
  const split = remembered.get(key) ?? splitDataset(makeDataset(fields))
  // The last one goes to the end, the first is the longest unused.
  remembered.delete(key)
  remembered.set(key, split)
  if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!)
  return split
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
