/**
 * Measures gradient noise with the kernel: trains the first run of a spec and measures the gradients of its training
 * rows at the measured epochs.
 */
import type { Split } from '#datasets/split.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { measuredEpochs, noiseScaleOf } from '#experiment/result/noise-scale.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import { epochWork, momentsWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phaseAt } from '#experiment/spec/training-size.ts'

import { progressAt, type Progress, type Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'

/** Trains the first run of a spec in slices, measuring the gradients of its training rows on the way. */
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
  const epochs = measuredEpochs(spec)
  const noise: GradientNoise = {
    examples: split.train.count,
    diverged: false,
    epochs,
    batchSize: epochs.map((epoch) => phaseAt(spec, epoch).rows),
    gradientSquare: [],
    covarianceTrace: [],
    noiseScale: [],
    noiseShare: [],
  }
  try {
    network.begin(spec.seed)
    let epoch = 0
    for (const [index, end] of epochs.entries()) {
      for (; epoch < end; epoch++) {
        const phase = phaseAt(spec, epoch)
        const work = epochWork(spec, phase) / phase.steps
        for (let left = phase.steps; left > 0 && !noise.diverged;) {
          const steps = Math.min(slice.fitting(work), left)
          noise.diverged = network.advance(steps) && network.epochs < spec.epochs
          left -= steps
          if (slice.spend(steps * work)) yield progress()
        }
      }
      const { gradientSquare, covarianceTrace, noiseScale, noiseShare } = noise.diverged
        ? nothing
        : noiseScaleOf(spec, noise.batchSize[index]!, network.gradientMoments)
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

/** The values after divergence. */
const nothing = { gradientSquare: null, covarianceTrace: null, noiseScale: null, noiseShare: null }
