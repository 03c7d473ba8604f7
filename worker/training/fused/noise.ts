/**
 * The noise of a run's gradients: trains the first run, and measures on the way.
 */
import type { Split } from '#dataset/split.ts'
import type { GradientNoise } from '#experiment/gradient-noise.ts'
import { measuredEpochs, noiseOf } from '#experiment/noise-scale.ts'
import { phaseAt } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { epochWork, momentsWork } from '#experiment/work.ts'

import type { Slice } from '../progress.ts'
import { FusedNetwork } from './network.ts'

/**
 * Trains the first run of a spec in slices, and measures the gradients of its training rows.
 *
 * @param report what is yielded after a slice, of the network as it is then
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
      for (; epoch < end; epoch++) {
        const phase = phaseAt(spec, epoch)
        const work = epochWork(spec, phase) / phase.steps
        for (let left = phase.steps; left > 0 && !noise.diverged;) {
          const steps = Math.min(slice.fitting(work), left)
          noise.diverged = network.advance(steps) && network.epochs < spec.epochs
          left -= steps
          if (slice.spend(steps * work)) yield report(network)
        }
      }
      const { gradientSquare, covarianceTrace, noiseScale, noiseShare } = noise.diverged
        ? nothing
        : noiseOf(spec, noise.batchSize[index]!, network.gradientMoments)
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

/** What there is of a run that diverged. */
const nothing = { gradientSquare: null, covarianceTrace: null, noiseScale: null, noiseShare: null }
