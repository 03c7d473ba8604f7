/**
 * The noise of a batch's gradient, from the gradients of the training rows. Nothing but arithmetic, for whoever only
 * trains; what the numbers mean is said once, in `gradient-noise.ts`.
 *
 * McCandlish, Kaplan, Amodei & the OpenAI Dota Team (2018), An Empirical Model of Large-Batch Training,
 * arXiv:1812.06162.
 */
import { phaseAt, trainRows } from './rows.ts'
import type { ExperimentSpec } from './spec.ts'

/** Up to so many epochs each is measured; of more, so many and the start, evenly spread. */
const mostEpochs = 200

/** What the gradients of the training rows are together at a moment. */
export interface GradientMoments {
  /** The squared length of their mean, the full training gradient: |G|². */
  gradientSquare: number
  /** The mean of their own squared lengths: |G|² and the trace of their covariance. */
  meanSquare: number
}

/** The noise at a moment; null where there is no such number. */
export interface Noise {
  gradientSquare: number | null
  covarianceTrace: number | null
  noiseScale: number | null
  noiseShare: number | null
}

/** The epochs of a spec after which gradients are measured: from 0, before the first, to the last. */
export function measuredEpochs({ epochs }: Pick<ExperimentSpec, 'epochs'>): number[] {
  const count = Math.min(epochs, mostEpochs)
  return Array.from({ length: count + 1 }, (_, index) => Math.round((index * epochs) / count))
}

/** The noise of a spec's batches after an epoch, where the gradients of its training rows are these. */
export function noiseOf(spec: ExperimentSpec, { gradientSquare, meanSquare }: GradientMoments, epoch: number): Noise {
  const rows = trainRows(spec)
  const { rows: size } = phaseAt(spec, epoch)
  // Never negative but by rounding, where all rows ask for the same.
  const covarianceTrace = Math.max(0, meanSquare - gradientSquare)
  // Drawn without replacement, the rows of a batch leave fewer for chance to choose from.
  const left = spec.replacement ? 1 : rows > 1 ? (rows - size) / (rows - 1) : 0
  const ofBatch = (covarianceTrace / size) * left
  return {
    gradientSquare: short(gradientSquare),
    covarianceTrace: short(covarianceTrace),
    noiseScale: short(covarianceTrace / gradientSquare),
    noiseShare: short(ofBatch === 0 ? 0 : ofBatch / (gradientSquare + ofBatch)),
  }
}

/** With seven digits, as many as float32 has, of any size: squares soon leave its range. Null where it is not finite. */
function short(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : null
}
