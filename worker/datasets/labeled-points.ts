/** Converts a dataset to the forms in which charts and the API use it. */
import { shortest } from '#experiment/result/decimal.ts'
import type { LabeledInputs, LabeledPoints } from '#experiment/result/labeled-points.ts'
import { planeFeaturesOf } from '#methods/plane-features.ts'

import type { Dataset } from './dataset.ts'
import { inputsOf } from './inputs.ts'

/** The dataset with one array per example. */
function labeledPoints(dataset: Dataset): LabeledPoints {
  const { coordinates, labels, trainExamples, centers, featureNames, classNames, mislabeled } = dataset
  return {
    points: rowsOf(coordinates, labels.length) as LabeledPoints['points'],
    labels: Array.from(labels),
    trainExamples,
    centers,
    featureNames: [...featureNames],
    classNames: [...classNames],
    ...(mislabeled ? { mislabeled: Array.from(mislabeled) } : {}),
  }
}

/** The same with the inputs of the network, each as the shortest decimal that is read as the same float32. */
export function labeledInputs(dataset: Dataset): LabeledInputs {
  const inputs = inputsOf(dataset, dataset.coordinates)
  return {
    ...labeledPoints(dataset),
    inputNames: dataset.featureNames.length === 2 ? planeFeaturesOf(dataset.features) : [...dataset.featureNames],
    inputs: rowsOf(inputs, dataset.labels.length).map((row) => row.map((value) => shortest(value)!)),
  }
}

/** What charts need: the examples and, where they are not points in the plane, the inputs to find components of. */
export function chartedPoints(dataset: Dataset): LabeledPoints & Partial<LabeledInputs> {
  return dataset.featureNames.length === 2 ? labeledPoints(dataset) : labeledInputs(dataset)
}

/** Equal parts of an array, one for each row. */
function rowsOf(values: Float64Array | Float32Array, rows: number): number[][] {
  const width = values.length / rows
  return Array.from({ length: rows }, (_, row) => Array.from(values.subarray(width * row, width * (row + 1))))
}
