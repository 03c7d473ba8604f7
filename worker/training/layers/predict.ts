/** Predictions of the `layers` engine for points after the last epoch of the first run, or after several. */
import type { Split } from '#datasets/split.ts'
import { column, emptyNumbers } from '#experiment/result/numbers.ts'
import { predictionWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { EpochPredictions } from '../churn.ts'
import { initialLayers } from '../initializers.ts'
import { trainRun, type Network } from '../network.ts'
import { predictPieces, progressAt, type Prediction, type Progress, type Slice } from '../progress.ts'
import { startTensorFlow } from '../tensorflow/tensorflow.ts'
import { LayersNetwork } from './network.ts'

/** Trains the first run of a spec in slices and predicts points [P][F]. */
export function* predictLayers(spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice): Prediction {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new LayersNetwork(
    startTensorFlow(),
    spec,
    initialLayers(spec, spec.seed, split.train.features),
    split,
  )
  try {
    yield* trainRun(shape, split, network, numbers, 0, slice)
    const diverged = Number.isNaN(column(numbers, shape, 0, 'testLoss').at(-1))
    if (diverged) return { numbers, predictions: null }
    const progress = () => progressAt(shape, numbers, 0, spec.epochs)
    const ofPoints = {
      features: split.train.features,
      slice,
      progress,
      work: (count: number) => predictionWork(spec, count),
    }
    return { numbers, predictions: yield* predictPieces(points, (some) => network.predict(some), ofPoints) }
  } finally {
    network.dispose()
  }
}

/** Trains the first run of a spec in slices and predicts the class of each point [P][F] after each of some epochs. */
export function* predictEpochsLayers(
  spec: ExperimentSpec,
  split: Split,
  { points, epochs }: { points: Float32Array; epochs: readonly number[] },
  slice: Slice,
): Generator<Progress, EpochPredictions, void> {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const initial = initialLayers(spec, spec.seed, split.train.features)
  const network = new LayersNetwork(startTensorFlow(), spec, initial, split)
  const classes: EpochPredictions['classes'] = []
  let epoch = 0
  // Every epoch ends with one evaluation.
  const predicting: Network = {
    arrange: (order) => network.arrange(order),
    step: (...batch) => network.step(...batch),
    average: (share) => network.average(share),
    parameters: () => network.parameters(),
    evaluate: () => {
      if (epochs.includes(++epoch)) classes.push(network.predict(points).classes)
      return network.evaluate()
    },
  }
  try {
    yield* trainRun(shape, split, predicting, numbers, 0, slice)
  } finally {
    network.dispose()
  }
  const ends = column(numbers, shape, 0, 'testLoss')
  const isPredicted = (completed: number) => !Number.isNaN(ends[completed - 1])
  return { classes: classes.slice(0, epochs.filter(isPredicted).length), diverged: Number.isNaN(ends.at(-1)) }
}
