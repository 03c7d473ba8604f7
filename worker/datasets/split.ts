/**
 * A dataset as what a network trains and is tested on.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import { splits } from '#experiment/memory-budgets.ts'

import { datasetKey } from './dataset-key.ts'
import { makeDataset, type Dataset } from './dataset.ts'
import type { DatasetSpec } from './generator.ts'

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

/** A dataset and its split. */
interface Data {
  dataset: Dataset
  split: Split
}

/** What was asked for last, by the fields that decide it. */
const remembered = new LruCache<Data>(splits, ({ dataset: { coordinates, labels }, split: { train, test } }) =>
  [coordinates, labels, train.inputs, train.labels, test.inputs, test.labels].reduce(
    (sum, one) => sum + one.byteLength,
    0,
  ),
)

/** The split of a spec's dataset. Who changes the training keeps the data, so the last ones are remembered. */
export function splitOf(spec: DatasetSpec): Split {
  return dataOf(spec).split
}

/** The dataset of a spec, remembered likewise: whoever gets it leaves it as it is. */
export function datasetOf(spec: DatasetSpec): Dataset {
  return dataOf(spec).dataset
}

function dataOf(spec: DatasetSpec): Data {
  return remembered.getOrMake(datasetKey(spec), () => make(spec))
}

function make(spec: DatasetSpec): Data {
  const dataset = makeDataset(spec)
  return { dataset, split: splitDataset(dataset) }
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
