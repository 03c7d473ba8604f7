/**
 * The simple noise scale from the norms of gradients at two batch sizes.
 *
 * McCandlish, Kaplan, Amodei & the OpenAI Dota Team (2018), An Empirical Model of Large-Batch Training,
 * arXiv:1812.06162, appendix A.1. The squared norm of a batch's gradient is |G|² + tr Σ / B on average, so two batch
 * sizes give both: |G|² = (B b |G_B|² − b |G_b|²) / (B − b) and tr Σ = (|G_b|² − |G_B|²) / (1/b − 1/B). Each is averaged
 * over the training before they are divided, since the ratio of single estimates is biased and may be negative.
 */
import { mean } from '#experiment/result/statistics.ts'

import type { MetricSeries } from './series.ts'

/** Norms of the gradient of batches of one size. */
export interface NormsAtSize {
  size: number
  norms: MetricSeries
}

/** The noise scale, or why it cannot be said. */
export type NoiseFromNorms =
  | { gradientSquare: number; covarianceTrace: number; noiseScale: number; count: number }
  | { problem: string }

/** The batch size that a text names: `grad_norm_256`, `batch-32`, `bs=16`. */
export function batchSizeIn(text: string): number | undefined {
  const [, named] = /(?:^|[^a-z])(?:batch(?:[_ -]?size)?|bs|b)[_ =-]*(\d+)/i.exec(text) ?? []
  const [, last] = /norm[^\d]*(\d+)/i.exec(text) ?? []
  const size = Number(last ?? named)
  return Number.isInteger(size) && size > 0 ? size : undefined
}

export function noiseFromNorms(one: NormsAtSize, other: NormsAtSize): NoiseFromNorms {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  if (small.size === large.size)
    return { problem: 'The noise scale needs gradient norms at two different batch sizes.' }
  const squares = ({ norms }: NormsAtSize) => Array.from(norms.y.filter(Number.isFinite), (norm) => norm * norm)
  const [ofSmall, ofLarge] = [squares(small), squares(large)]
  const count = Math.min(ofSmall.length, ofLarge.length)
  if (count === 0) return { problem: 'There are no finite gradient norms.' }
  const [meanSmall, meanLarge] = [mean(ofSmall), mean(ofLarge)]
  const gradientSquare = (large.size * meanLarge - small.size * meanSmall) / (large.size - small.size)
  const covarianceTrace = (meanSmall - meanLarge) / (1 / small.size - 1 / large.size)
  if (!(covarianceTrace > 0))
    return {
      problem: `The gradients of batches of ${small.size} are not longer than those of ${large.size}, so these norms show no noise. Are the batch sizes right, and are both means over a batch?`,
    }
  if (!(gradientSquare > 0))
    return {
      problem: `The norms shrink as they would without any gradient: the noise scale is far above ${large.size}, more than these batches can measure.`,
    }
  return { gradientSquare, covarianceTrace, noiseScale: covarianceTrace / gradientSquare, count }
}
