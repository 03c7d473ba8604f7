/** Predictions of the `layers` engine: the classes of points after the last epoch of the first run. */
import type { Split } from '#datasets/split.ts'
import { column, emptyNumbers } from '#experiment/result/numbers.ts'
import { predictionWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { initialLayers } from '../initializers.ts'
import { trainRun } from '../network.ts'
import { predictPieces, progressAt, type Prediction, type Slice } from '../progress.ts'
import { startTensorFlow } from '../tensorflow/tensorflow.ts'
import { LayersNetwork } from './network.ts'

/** Trains the first run of a spec in slices and predicts the class of each point [P][2]. */
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
    if (diverged) return { numbers, classes: null }
    const progress = () => progressAt(shape, numbers, 0, spec.epochs)
    const ofPoints = {
      features: split.train.features,
      slice,
      progress,
      work: (count: number) => predictionWork(spec, count),
    }
    return { numbers, classes: yield* predictPieces(points, (some) => network.predict(some), ofPoints) }
  } finally {
    network.dispose()
  }
}
