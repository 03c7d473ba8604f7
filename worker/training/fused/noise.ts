/**
 * The noise of a run's gradients: trains the first run, and measures on the way.
 */
import type { Split } from '#dataset/split.ts'
import type { GradientNoise } from '#experiment/gradient-noise.ts'
import { measuredEpochs, noiseOf } from '#experiment/noise-scale.ts'
import { emptyNumbers } from '#experiment/numbers.ts'
import { batchRows } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { momentsWork } from '#experiment/work.ts'

import { progressAt, type Progress, type Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'
import { advanceRun } from './run.ts'

/** Trains the first run of a spec in slices, and measures the gradients of its training rows. */
export function* measureNoise(
  spec: ExperimentSpec,
  split: Split,
  slice: Slice,
): Generator<Progress, GradientNoise, void> {
  const shape = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(shape)
  const network = new FusedNetwork(spec, split)
  const progress = () => {
    network.copyHistory(numbers, 0)
    return progressAt(shape, numbers, 0, network.epochs)
  }
  let done = 0
  /** Trains on to an epoch, and tells whether the run got there. */
  const on = function* (epoch: number): Generator<Progress, boolean, void> {
    const steps = advanceRun(spec, network, slice, done, epoch)
    done = epoch
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      yield progress()
    }
  }
  const epochs = measuredEpochs(spec)
  const noise: GradientNoise = {
    examples: split.train.count,
    batchSize: batchRows(spec),
    diverged: false,
    epochs,
    gradientSquare: [],
    covarianceTrace: [],
    noiseScale: [],
    noiseShare: [],
  }
  try {
    network.begin(spec.seed)
    for (const epoch of epochs) {
      if (!noise.diverged) noise.diverged = !(yield* on(epoch))
      const { gradientSquare, covarianceTrace, noiseScale, noiseShare } = noise.diverged
        ? nothing
        : noiseOf(spec, network.gradientMoments, epoch)
      noise.gradientSquare.push(gradientSquare)
      noise.covarianceTrace.push(covarianceTrace)
      noise.noiseScale.push(noiseScale)
      noise.noiseShare.push(noiseShare)
      if (!noise.diverged && slice.spend(momentsWork(spec))) yield progress()
    }
  } finally {
    network.dispose()
  }
  return noise
}

/** What there is of a run that diverged. */
const nothing = { gradientSquare: null, covarianceTrace: null, noiseScale: null, noiseShare: null }
