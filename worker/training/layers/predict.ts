/**
 * What the `layers` engine has learned: the classes of points after the last epoch of the first run.
 */
import type { Split } from '#dataset/split.ts'
import { column, emptyNumbers } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { startTensorFlow } from '../backend/tensorflow.ts'
import { initialLayers } from '../initializers.ts'
import { trainRun } from '../network.ts'
import type { Prediction, Slice } from '../progress.ts'
import { LayersNetwork } from './network.ts'

/** Trains the first run of a spec, and predicts the class of each point [P][2]. */
export function* predictLayers(spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice): Prediction {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new LayersNetwork(startTensorFlow(), spec, initialLayers(spec, spec.seed), split)
  try {
    yield* trainRun(shape, split, network, numbers, 0, slice)
    const diverged = Number.isNaN(column(numbers, shape, 0, 'testLoss').at(-1))
    return diverged ? null : network.predict(points)
  } finally {
    network.dispose()
  }
}
