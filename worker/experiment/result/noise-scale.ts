/**
 * The noise of a batch's gradient, from the gradients of the training rows. Nothing but arithmetic, for whoever only
 * trains; what the numbers mean is said once, in `gradient-noise.ts`.
 *
 * McCandlish, Kaplan, Amodei & the OpenAI Dota Team (2018), An Empirical Model of Large-Batch Training,
 * arXiv:1812.06162.
 */
import type { ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'

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
export interface BatchNoise {
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

/** The fields of a spec that decide how a batch is drawn. */
type Drawn = Pick<ExperimentSpec, 'examples' | 'trainFraction' | 'replacement'>

/**
 * The variance of the mean of a batch, as a share of that of one example: 1 / B where rows are drawn with replacement,
 * and otherwise (N − B) / (N − 1) of it.
 *
 * @param size the examples of the batch
 */
export function varianceOfMean(spec: Drawn, size: number): number {
  const rows = trainRows(spec)
  if (spec.replacement) return 1 / size
  return rows > 1 ? (rows - size) / (rows - 1) / size : 0
}

/** The noise of a batch of some size where the gradients of a spec's training rows are these. */
export function noiseScaleOf(spec: Drawn, size: number, { gradientSquare, meanSquare }: GradientMoments): BatchNoise {
  // Never negative but by rounding, where all rows ask for the same.
  const covarianceTrace = Math.max(0, meanSquare - gradientSquare)
  const ofBatch = covarianceTrace * varianceOfMean(spec, size)
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
