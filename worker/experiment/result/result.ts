/** The schema of an experiment's result, as the API returns it. Its TypeScript types are inferred from it. */
import * as z from 'zod/mini'

import { engineNames } from '../spec/engine.ts'
import { about, valueOf } from '../spec/fields.ts'
import { specFields, type ExperimentSpec } from '../spec/spec.ts'
import { objectWithKeys } from './named-schema.ts'
import { metrics } from './numbers.ts'

export const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  schema.check(z.describe(description))

/** A measured value; null if the run diverged or there is nothing to measure. */
const Value = z.nullable(z.number())
export const Count = z.int().check(z.minimum(0))
const Seed = valueOf(specFields.seed)

const perMetric = <Schema extends z.ZodMiniType>(schema: Schema) => objectWithKeys(metrics, schema)

/** The metrics that are measured after the last epoch. */
const finalMetrics = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy'] as const
const perFinalMetric = <Schema extends z.ZodMiniType>(schema: Schema) => objectWithKeys(finalMetrics, schema)

/** The metrics of a run by epoch: one array [epochs] per metric, as in TensorFlow.js. */
const History = perMetric(z.array(Value))

/** A spec as JSON. */
export const SpecValues: z.ZodMiniType<ExperimentSpec> = z.strictObject(
  Object.fromEntries(
    Object.entries(specFields).map(([field, codec]) => [
      field,
      valueOf<z.ZodMiniType>(codec).check(z.describe(about.get(codec)?.description ?? '')),
    ]),
  ),
) as never

const Run = z.strictObject({
  seed: described(Seed, 'The seed of this run: the spec’s plus the run’s number.'),
  diverged: described(z.boolean(), 'A loss or a parameter was not finite; every later value is null.'),
  final: described(perFinalMetric(Value), 'The metrics after the last epoch; null after divergence.'),
  instability: described(
    Value,
    'Root mean square of the change of the test accuracy from one epoch to the next, over the last quarter of the ' +
      'epochs, divided by √2: its standard deviation where nothing drifts, and blind to a slope. Lower is calmer. ' +
      'Null under 40 epochs or after divergence.',
  ),
  drift: described(
    Value,
    'Change of the test accuracy over those epochs along the least-squares line; null where instability is.',
  ),
  stillLearning: described(
    z.boolean(),
    'The drift, up or down, is more than the instability explains: more than 3 times the standard error that it has ' +
      'where the epochs differ by that alone.',
  ),
  epochsTo80: described(z.nullable(Count), 'The first epoch, from 1, with a test accuracy of at least 0.8.'),
  history: z.optional(described(History, 'The metrics by epoch, an array each; null after divergence.')),
})

/** Statistics of one quantity over the runs for which it is known. */
const Spread = z.strictObject({
  mean: described(Value, 'Mean over the runs.'),
  sd: described(Value, 'Sample standard deviation (n − 1); null for one run.'),
  p10: described(Value, '10th percentile.'),
  p50: described(Value, 'Median.'),
  p90: described(Value, '90th percentile.'),
})

const Quartiles = described(z.tuple([Value, Value, Value]), '25th, 50th and 75th percentile.')

/** Statistics of one metric over runs, by epoch: arrays of length [epochs]. */
const Curve = z.strictObject({
  mean: z.array(Value),
  p10: z.array(Value),
  p50: z.array(Value),
  p90: z.array(Value),
  runs: described(z.array(Count), 'Runs that had not diverged by then.'),
})

export const Summary = z.strictObject({
  runs: described(Count, 'Runs in all.'),
  diverged: described(Count, 'Runs that diverged; they are left out of means.'),
  stillLearning: described(Count, 'Runs that are still drifting.'),
  final: described(perFinalMetric(Spread), 'The metrics after the last epoch, over the runs.'),
  instability: described(z.extend(Spread, { quartiles: Quartiles }), 'The instability, over the runs.'),
  drift: described(Spread, 'The drift, over the runs.'),
  epochsTo80: described(
    z.strictObject({
      reached: described(Count, 'Runs that reached a test accuracy of 0.8, of `runs`.'),
      quartiles: described(
        Quartiles,
        '25th, 50th and 75th percentile; a run that never got there counts as infinite (null).',
      ),
    }),
    'The first epoch with a test accuracy of at least 0.8, over the runs.',
  ),
})

/** An estimate with its 95 % confidence interval; null if there is none. */
export const Estimate = z.strictObject({ value: Value, low: Value, high: Value })

const ComparedQuantity = z.strictObject({
  pairs: described(Count, 'Pairs of runs that both have it.'),
  missing: described(Count, 'Pairs left out: one run or both diverged, or never got to an accuracy of 0.8.'),
  differences: described(
    z.array(Value),
    'By pair, in the order of `seeds`: this run minus the pinned; null where missing.',
  ),
  difference: described(
    Estimate,
    'Their mean with its interval by Student’s t distribution, from 5 pairs on. Of `epochsTo80` only where no pair is ' +
      'missing, since a run that never gets there has no epoch that a mean could count.',
  ),
  ratio: described(
    Estimate,
    'The mean over these runs divided by the mean over the pinned ones, with its interval by Fieller’s theorem for ' +
      'pairs, from 5 pairs on; it holds 1 exactly where that of the difference holds 0.',
  ),
})

/**
 * A paired comparison of two experiments: runs with the same seed start from the same weights and see the same orders.
 */
const Comparison = z.strictObject({
  digest: described(z.string(), 'Of the pinned experiment, as are the next two.'),
  fingerprint: z.string(),
  permalink: z.string(),
  seeds: described(z.array(Seed), 'Those of the pairs: runs of both experiments have them.'),
  unpaired: described(Count, 'Runs of either experiment whose seed the other does not have.'),
  quantities: z.strictObject({
    instability: ComparedQuantity,
    testAccuracy: ComparedQuantity,
    trainAccuracy: ComparedQuantity,
    testLoss: ComparedQuantity,
    trainLoss: ComparedQuantity,
    epochsTo80: ComparedQuantity,
  }),
})

/** The result of an experiment. */
export const ExperimentResult = z.strictObject({
  digest: described(z.string(), 'SHA-256 of the spec and the engine’s version: what was asked.'),
  fingerprint: described(z.string(), 'SHA-256 of every number that came out: equal exactly when all bits are.'),
  spec: described(SpecValues, 'Every setting, with its default where the query left it out.'),
  engine: described(
    z.strictObject({ name: z.enum(engineNames), version: z.string() }),
    'What trained it. Another version may give other numbers.',
  ),
  permalink: described(z.string(), 'The page that shows it, as a path with its query.'),
  runs: described(z.array(Run), 'One for each seed, in the order of the seeds.'),
  curves: z.optional(described(perMetric(Curve), 'Per-epoch statistics over the runs, where there are several.')),
  summary: described(Summary, 'Statistics over the runs.'),
  comparison: z.optional(described(Comparison, 'With the experiment that `pin` names.')),
})

export type ExperimentResult = z.output<typeof ExperimentResult>
export type Run = z.output<typeof Run>
export type History = z.output<typeof History>
export type Curve = z.output<typeof Curve>
export type Curves = NonNullable<ExperimentResult['curves']>
export type Spread = z.output<typeof Spread>
export type Summary = z.output<typeof Summary>
export type Comparison = z.output<typeof Comparison>
export type ComparedQuantity = z.output<typeof ComparedQuantity>
export type Estimate = z.output<typeof Estimate>
export type FinalMetric = (typeof finalMetrics)[number]
