/**
 * What the `fused` engine has learned: the classes of points after the last epoch of the first run.
 */
import type { Split } from '#dataset/split.ts'
import { emptyNumbers } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { progressAt, type Prediction, type Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'
import { advanceRun } from './run.ts'

/** Trains the first run of a spec, and predicts the class of each point [P][2]. */
export function* predictFused(spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice): Prediction {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new FusedNetwork(spec, split)
  try {
    network.begin(spec.seed)
    const steps = advanceRun(spec, network, slice)
    while (!steps.next().done) {
      network.copyHistory(numbers, 0)
      yield progressAt(shape, numbers, 0, network.epochs)
    }
    return network.epochs < spec.epochs ? null : network.predict(points)
  } finally {
    network.dispose()
  }
}
