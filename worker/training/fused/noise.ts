/**
 * Measures gradient noise with the kernel: trains the first run of a spec and measures the gradients of its training
 * rows at the measured epochs.
 */
import type { Split } from '#datasets/split.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { measuredEpochs, noiseScaleOf } from '#experiment/result/noise-scale.ts'
import { momentsWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phaseAt } from '#experiment/spec/training-size.ts'

import type { Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'
import { advanceEpochs } from './run.ts'

/**
 * Trains the first run of a spec in slices, measuring the gradients of its training rows on the way.
 *
 * @param report returns what is yielded after a slice, from the network as it is then
 */
export function* measureNoise<Report>(
  spec: ExperimentSpec,
  split: Split,
  slice: Slice,
  report: (network: FusedNetwork) => Report,
): Generator<Report, GradientNoise, void> {
  const network = new FusedNetwork(spec, split)
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
      if (!noise.diverged) {
        const steps = advanceEpochs(spec, network, slice, { from: epoch, to: end })
        let step = steps.next()
        for (; !step.done; step = steps.next()) yield report(network)
        noise.diverged = step.value
        epoch = end
      }
      const { gradientSquare, covarianceTrace, noiseScale, noiseShare } = noise.diverged
        ? nothing
        : noiseScaleOf(spec, noise.batchSize[index]!, network.gradientMoments)
      noise.gradientSquare.push(gradientSquare)
      noise.covarianceTrace.push(covarianceTrace)
      noise.noiseScale.push(noiseScale)
      noise.noiseShare.push(noiseShare)
      if (!noise.diverged && slice.spend(momentsWork(spec))) yield report(network)
    }
  } finally {
    network.dispose()
  }
  return noise
}

/** The values after divergence. */
const nothing = { gradientSquare: null, covarianceTrace: null, noiseScale: null, noiseShare: null }
