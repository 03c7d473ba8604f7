/**
 * Gradient noise and the simple noise scale, computed from the moments of the training examples' gradients. This file
 * contains only arithmetic, so scripts that only train need not load schemas; `gradient-noise.ts` defines the
 * quantities.
 *
 * McCandlish, Kaplan, Amodei & the OpenAI Dota Team (2018), An Empirical Model of Large-Batch Training,
 * arXiv:1812.06162.
 */
import type { ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'

/**
 * The most intervals between measurements. Up to this many epochs, every epoch is measured; with more, this many evenly
 * spread ones and the start.
 */
const mostEpochs = 200

/** Moments of the gradients of all training examples at one point of the training. */
export interface GradientMoments {
  /** |G|²: the squared length of the mean gradient, which is the full training gradient. */
  gradientSquare: number
  /** The mean of the squared lengths of the gradients: |G|² plus the trace of their covariance. */
  meanSquare: number
}

/** The gradient noise at one point of the training; null if a quantity is not finite. */
export interface BatchNoise {
  gradientSquare: number | null
  covarianceTrace: number | null
  noiseScale: number | null
  noiseShare: number | null
}

/** The epochs after which gradients are measured, from 0 (before the first) to the last. */
export function measuredEpochs({ epochs }: Pick<ExperimentSpec, 'epochs'>): number[] {
  const count = Math.min(epochs, mostEpochs)
  return Array.from({ length: count + 1 }, (_, index) => Math.round((index * epochs) / count))
}

/** The fields that determine how a batch is drawn. */
type Drawn = Pick<ExperimentSpec, 'examples' | 'trainFraction' | 'replacement'>

/**
 * The variance of the mean of a batch, as a multiple of the variance of one example: 1 / B if examples are drawn with
 * replacement, otherwise (N − B) / (N − 1) / B.
 *
 * @param size B, the examples of the batch
 */
export function varianceOfMean(spec: Drawn, size: number): number {
  const rows = trainRows(spec)
  if (spec.replacement) return 1 / size
  return rows > 1 ? (rows - size) / (rows - 1) / size : 0
}

/** The gradient noise of a batch of `size` examples, given the moments of all training examples' gradients. */
export function noiseScaleOf(spec: Drawn, size: number, { gradientSquare, meanSquare }: GradientMoments): BatchNoise {
  // Rounding can make it negative if all examples have the same gradient.
  const covarianceTrace = Math.max(0, meanSquare - gradientSquare)
  const ofBatch = covarianceTrace * varianceOfMean(spec, size)
  return {
    gradientSquare: toSevenDigits(gradientSquare),
    covarianceTrace: toSevenDigits(covarianceTrace),
    noiseScale: toSevenDigits(covarianceTrace / gradientSquare),
    noiseShare: toSevenDigits(ofBatch === 0 ? 0 : ofBatch / (gradientSquare + ofBatch)),
  }
}

/**
 * Rounds to seven significant digits, the precision of float32, without its range, which squares soon leave. Null if
 * the value is not finite.
 */
function toSevenDigits(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : null
}
