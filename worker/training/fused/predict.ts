/**
 * What the `fused` engine has learned: the classes of points after the last epoch of the first run.
 */
import type { Split } from '#dataset/split.ts'
import { emptyNumbers } from '#experiment/numbers.ts'
import { stepsPerEpoch } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { epochWork, predictionWork } from '#experiment/work.ts'

import { predictPieces, progressAt, type Prediction, type Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'

/** Trains the first run of a spec, and predicts the class of each point [P][2]. */
export function* predictFused(spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice): Prediction {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new FusedNetwork(spec, split)
  const perEpoch = stepsPerEpoch(spec)
  const work = epochWork(spec) / perEpoch
  let left = perEpoch * spec.epochs
  const progress = () => {
    network.copyHistory(numbers, 0)
    return progressAt(shape, numbers, 0, network.epochs)
  }
  try {
    network.begin(spec.seed)
    for (let isOver = false; !isOver;) {
      const steps = Math.min(slice.fitting(work), left)
      isOver = network.advance(steps)
      left -= steps
      if (slice.spend(steps * work) && !isOver) yield progress()
    }
    network.copyHistory(numbers, 0)
    if (network.epochs < spec.epochs) return { numbers, classes: null }
    const predict = (some: Float32Array) => network.predict(some)
    const ofPoints = { slice, progress, work: (count: number) => predictionWork(spec, count) }
    return { numbers, classes: yield* predictPieces(points, predict, ofPoints) }
  } finally {
    network.dispose()
  }
}
