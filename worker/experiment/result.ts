/**
 * The result of an experiment, as the API gives it: one schema, from which its types follow.
 */
import * as z from 'zod/mini'

import { engineNames } from './engine.ts'
import { valueOf } from './fields.ts'
import { metrics } from './numbers.ts'
import { specFields, type ExperimentSpec } from './spec.ts'

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
const SpecValues: z.ZodMiniType<ExperimentSpec> = z.strictObject(
  Object.fromEntries(Object.entries(specFields).map(([field, codec]) => [field, valueOf(codec)])),
) as never

const Run = z.strictObject({
  /** The seed of this run: the spec's plus the run's number. */
  seed: Count,
  /** A loss or a parameter was not finite; every later value is null. */
  diverged: z.boolean(),
  final: perFinalMetric(Value),
  /** Population standard deviation of the test accuracy over the last quarter of the epochs. */
  instability: Value,
  /** The test accuracy's trend over that window exceeds the spread around it. */
  stillLearning: z.boolean(),
  /** The first epoch, from 1, with a test accuracy of at least 0.8. */
  epochsTo80: z.nullable(Count),
  history: z.optional(History),
})

/** Statistics of one quantity over the runs that have it. */
const Spread = z.strictObject({
  mean: Value,
  /** Sample standard deviation (n − 1); null for one run. */
  sd: Value,
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
  /** Runs that had not diverged by then. */
  runs: z.array(Count),
})

const Summary = z.strictObject({
  runs: Count,
  diverged: Count,
  stillLearning: Count,
  final: perFinalMetric(Spread),
  instability: Spread,
  epochsTo80: z.strictObject({
    /** Runs that reached a test accuracy of 0.8, of `runs`. */
    reached: Count,
    /** 25th, 50th and 75th percentile; a run that never got there counts as infinite (null). */
    quartiles: z.tuple([Value, Value, Value]),
  }),
})

/** What an experiment gives. */
export const ExperimentResult = z.strictObject({
  digest: z.string(),
  fingerprint: z.string(),
  spec: SpecValues,
  engine: z.strictObject({ name: z.enum(engineNames), version: z.string() }),
  permalink: z.string(),
  runs: z.array(Run),
  curves: z.optional(perMetric(Curve)),
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
