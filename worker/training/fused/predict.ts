/** Predictions of the `fused` engine for points after the last epoch of the first run, or after several. */
import type { Split } from '#datasets/split.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import { predictionWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { EpochPredictions } from '../churn.ts'
import { predictPieces, type Prediction, type Progress, type Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'
import { advanceEpochs, advanceRun, firstRunProgress } from './run.ts'

/** Trains the first run of a spec in slices and predicts points [P][F]. */
export function* predictFused(spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice): Prediction {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new FusedNetwork(spec, split)
  const progress = () => firstRunProgress(shape, network, numbers)
  try {
    network.begin(spec.seed)
    const steps = advanceRun(spec, network, slice)
    while (!steps.next().done) yield progress()
    network.copyHistory(numbers, 0)
    if (network.epochs < spec.epochs) return { numbers, predictions: null }
    const predict = (some: Float32Array) => network.predict(some)
    const ofPoints = {
      features: split.train.features,
      slice,
      progress,
      work: (count: number) => predictionWork(spec, count),
    }
    return { numbers, predictions: yield* predictPieces(points, predict, ofPoints) }
  } finally {
    network.dispose()
  }
}

/** Trains the first run of a spec in slices and predicts the class of each point [P][F] after each of some epochs. */
export function* predictEpochsFused(
  spec: ExperimentSpec,
  split: Split,
  { points, epochs }: { points: Float32Array; epochs: readonly number[] },
  slice: Slice,
): Generator<Progress, EpochPredictions, void> {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new FusedNetwork(spec, split)
  const progress = () => firstRunProgress(shape, network, numbers)
  const classes: EpochPredictions['classes'] = []
  try {
    network.begin(spec.seed)
    let from = 0
    for (const to of epochs) {
      const steps = advanceEpochs(spec, network, slice, { from, to })
      let step = steps.next()
      for (; !step.done; step = steps.next()) yield progress()
      if (step.value) return { classes, diverged: true }
      from = to
      const predict = (some: Float32Array) => network.predict(some)
      const ofPoints = {
        features: split.train.features,
        slice,
        progress,
        work: (count: number) => predictionWork(spec, count),
      }
      classes.push((yield* predictPieces(points, predict, ofPoints)).classes)
    }
  } finally {
    network.dispose()
  }
  return { classes, diverged: false }
}
