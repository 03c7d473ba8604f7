/**
 * The result of an experiment, as the API gives it: one schema, from which its types follow.
 */
import * as z from 'zod/mini'

import { engineNames } from './engine.ts'
import { about, valueOf } from './fields.ts'
import { metrics } from './numbers.ts'
import { specFields, type ExperimentSpec } from './spec.ts'

const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  schema.check(z.describe(description))

/** A measured value; null where the run diverged or there is nothing to measure. */
const Value = z.nullable(z.number())
const Count = z.int().check(z.minimum(0))

const perMetric = <Schema extends z.ZodMiniType>(schema: Schema) => z.record(z.enum(metrics), schema)

/** Metrics after the last epoch. */
const finalMetrics = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy'] as const
const perFinalMetric = <Schema extends z.ZodMiniType>(schema: Schema) => z.record(z.enum(finalMetrics), schema)

/** Per-epoch metrics of a run: one array [epochs] a metric, as in tfjs. */
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
  seed: described(Count, 'The seed of this run: the spec’s plus the run’s number.'),
  diverged: described(z.boolean(), 'A loss or a parameter was not finite; every later value is null.'),
  final: described(perFinalMetric(Value), 'The metrics after the last epoch; null after divergence.'),
  instability: described(
    Value,
    'Population standard deviation of the test accuracy over the last quarter of the epochs; lower is calmer. ' +
      'Null under 40 epochs or after divergence.',
  ),
  stillLearning: described(z.boolean(), 'The test accuracy’s trend over that window exceeds the spread around it.'),
  epochsTo80: described(z.nullable(Count), 'The first epoch, from 1, with a test accuracy of at least 0.8.'),
  history: z.optional(described(History, 'The metrics by epoch, an array each; null after divergence.')),
})

/** Statistics of one quantity over the runs that have it. */
const Spread = z.strictObject({
  mean: Value,
  sd: described(Value, 'Sample standard deviation (n − 1); null for one run.'),
  p10: Value,
  p50: Value,
  p90: Value,
})

/** Statistics of one metric over runs, by epoch: arrays [epochs]. */
const Curve = z.strictObject({
  mean: z.array(Value),
  p10: z.array(Value),
  p50: z.array(Value),
  p90: z.array(Value),
  runs: described(z.array(Count), 'Runs that had not diverged by then.'),
})

const Summary = z.strictObject({
  runs: Count,
  diverged: Count,
  stillLearning: Count,
  final: perFinalMetric(Spread),
  instability: Spread,
  epochsTo80: z.strictObject({
    reached: described(Count, 'Runs that reached a test accuracy of 0.8, of `runs`.'),
    quartiles: described(
      z.tuple([Value, Value, Value]),
      '25th, 50th and 75th percentile; a run that never got there counts as infinite (null).',
    ),
  }),
})

/** What an experiment gives. */
export const ExperimentResult = z.strictObject({
  digest: described(z.string(), 'SHA-256 of the spec and the engine’s version: what was asked.'),
  fingerprint: described(z.string(), 'SHA-256 of every number that came out: equal exactly when all bits are.'),
  spec: SpecValues,
  engine: z.strictObject({ name: z.enum(engineNames), version: z.string() }),
  permalink: described(z.string(), 'The page that shows it, as a path with its query.'),
  runs: z.array(Run),
  curves: z.optional(described(perMetric(Curve), 'Per-epoch statistics over the runs, where there are several.')),
  summary: Summary,
})

export type ExperimentResult = z.output<typeof ExperimentResult>
export type Run = z.output<typeof Run>
export type History = z.output<typeof History>
export type Curve = z.output<typeof Curve>
export type Curves = NonNullable<ExperimentResult['curves']>
export type Spread = z.output<typeof Spread>
export type Summary = z.output<typeof Summary>
export type FinalMetric = (typeof finalMetrics)[number]
