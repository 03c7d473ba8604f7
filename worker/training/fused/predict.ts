/**
 * What the `fused` engine has learned: the classes of points after the last epoch of the first run.
 */
import type { Split } from '#dataset/split.ts'
import { emptyNumbers } from '#experiment/numbers.ts'
import { stepsPerEpoch } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { epochWork } from '#experiment/work.ts'

import { progressAt, type Prediction, type Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'

/** Trains the first run of a spec, and predicts the class of each point [P][2]. */
export function* predictFused(spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice): Prediction {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new FusedNetwork(spec, split)
  const perEpoch = stepsPerEpoch(spec)
  const work = epochWork(spec) / perEpoch
  let left = perEpoch * spec.epochs
  try {
    network.begin(spec.seed)
    for (let isOver = false; !isOver;) {
      const steps = Math.min(slice.fitting(work), left)
      isOver = network.advance(steps)
      left -= steps
      if (!slice.spend(steps * work) || isOver) continue
      network.copyHistory(numbers, 0)
      yield progressAt(shape, numbers, 0, network.epochs)
    }
    return network.epochs < spec.epochs ? null : network.predict(points)
  } finally {
    network.dispose()
  }
}
