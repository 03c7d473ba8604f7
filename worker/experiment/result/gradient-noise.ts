/**
 * The API's schema for gradient noise: how much of a batch's gradient is noise, by epoch, in the first run of a spec,
 * with the definition and unit of each quantity.
 */
import * as z from 'zod/mini'

import { requireBudget } from '../spec/budget.ts'
import { noiseWork } from '../spec/cost.ts'
import { fieldError, InvalidQuery } from '../spec/errors.ts'
import type { ExperimentSpec } from '../spec/spec.ts'

/** The definition, computation and unit of each quantity, for every answer and for the API's document. */
const definitions = {
  gradientSquare:
    '|G|²: the squared Euclidean length of the full training gradient G, the mean over all N training examples of the ' +
    'gradient of the loss by every weight and bias. Unit: (loss / parameter)².',
  covarianceTrace:
    'tr Σ: the trace of the covariance of one example’s gradient over the N training examples, with divisor N: the mean ' +
    'of |g|² less |G|². Computed from all N examples, not sampled. Unit: that of |G|².',
  noiseScale:
    'The simple noise scale tr Σ / |G|², in examples: a batch of so many, drawn with replacement, has as much noise as ' +
    'gradient. Null where the gradient is 0.',
  noiseShare:
    'The share of the expected squared gradient of a batch of B examples that is noise: n / (|G|² + n), where n is the ' +
    'variance of the mean of B examples. Drawn at random without replacement, as an epoch draws them, ' +
    'n = tr Σ / B · (N − B) / (N − 1): none at full batch. With `replacement` n = tr Σ / B. A last batch that is smaller ' +
    'has more.',
  source: 'McCandlish et al. (2018), An Empirical Model of Large-Batch Training, https://arxiv.org/abs/1812.06162',
} as const

const byEpoch = (description: string) =>
  z.array(z.nullable(z.number())).check(z.describe(`${description} By measured epoch; null after divergence.`))

/** The measured quantities by epoch. */
export const GradientNoise = z.strictObject({
  examples: z.int().check(z.describe('N: the training examples.')),
  diverged: z.boolean(),
  epochs: z
    .array(z.int().check(z.minimum(0)))
    .check(
      z.describe(
        'The epochs after which it was measured, 0 before the first and the last among them: each up to 200 epochs, of ' +
          'more 201 evenly spread.',
      ),
    ),
  batchSize: z
    .array(z.int())
    .check(z.describe('B: the examples of a batch in the epoch that follows, at full batch N; the last holds on.')),
  gradientSquare: byEpoch(definitions.gradientSquare),
  covarianceTrace: byEpoch(definitions.covarianceTrace),
  noiseScale: byEpoch(definitions.noiseScale),
  noiseShare: byEpoch(definitions.noiseShare),
})
/** The measured quantities of the first run of a spec. */
export type GradientNoise = z.output<typeof GradientNoise>

/** The measured quantities with their definitions, as the API answers. */
export const GradientNoiseAnswer = z.extend(GradientNoise, {
  definitions: z.strictObject({
    gradientSquare: z.string(),
    covarianceTrace: z.string(),
    noiseScale: z.string(),
    noiseShare: z.string(),
    source: z.string(),
  }),
})

/** Adds the definitions to the measured quantities. */
export function withDefinitions(noise: GradientNoise): z.output<typeof GradientNoiseAnswer> {
  return { ...noise, definitions }
}

/**
 * The spec of the single run that is measured.
 *
 * @throws InvalidQuery (422) if the engine cannot measure gradients, or measuring exceeds the budget
 */
export function measuredSpec(requested: ExperimentSpec): ExperimentSpec {
  const spec = { ...requested, seeds: 1 }
  if (spec.engine !== 'fused')
    throw new InvalidQuery(422, [
      fieldError(
        'engine',
        spec.engine,
        'fused: its kernel measures the gradients of single examples, no other engine does',
      ),
    ])
  requireBudget(spec, noiseWork)
  return spec
}
