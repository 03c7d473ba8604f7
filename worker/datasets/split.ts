/** Splits a dataset into the training and test rows of a network, and caches recent datasets. */
import { LruCache } from '#experiment/lru-cache.ts'
import { splits } from '#experiment/memory-budgets.ts'

import { datasetKey } from './dataset-key.ts'
import { makeDataset, type Dataset } from './dataset.ts'
import type { DatasetSpec } from './generator.ts'
import { inputsOf } from './inputs.ts'

/** The rows of a split, as float32 like every input of an engine. */
export interface Rows {
  count: number
  /** The number of inputs of a row. */
  features: number
  /** Inputs [count][features]. */
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

/** Cache of the most recent datasets and splits, by the fields that determine them. */
const cache = new LruCache<Data>(splits, ({ dataset: { coordinates, labels }, split: { train, test } }) =>
  [coordinates, labels, train.inputs, train.labels, test.inputs, test.labels].reduce(
    (sum, one) => sum + one.byteLength,
    0,
  ),
)

/** The split of a spec's dataset. It is cached, because changes of the training settings keep the data. */
export function splitOf(spec: DatasetSpec): Split {
  return dataOf(spec).split
}

/** The dataset of a spec. It is cached and must not be modified. */
export function datasetOf(spec: DatasetSpec): Dataset {
  return dataOf(spec).dataset
}

function dataOf(spec: DatasetSpec): Data {
  return cache.getOrMake(datasetKey(spec), () => make(spec))
}

function make(spec: DatasetSpec): Data {
  const dataset = makeDataset(spec)
  return { dataset, split: splitDataset(dataset) }
}

/** Splits a dataset: the first rows are for training, the rest for testing. */
export function splitDataset(dataset: Dataset): Split {
  const { coordinates, labels, trainExamples } = dataset
  const inputs = inputsOf(dataset, coordinates)
  const features = inputs.length / labels.length
  const rows = (from: number, to: number): Rows => ({
    count: to - from,
    features,
    inputs: inputs.slice(features * from, features * to),
    labels: labels.slice(from, to),
  })
  return { train: rows(0, trainExamples), test: rows(trainExamples, labels.length) }
}
