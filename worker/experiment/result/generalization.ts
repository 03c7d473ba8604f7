/**
 * Generalization on fresh data: the accuracy of an experiment's runs on many new points of the same distribution, next
 * to their accuracy on the test split, which all seeds share and which may be an easy one.
 */
import * as z from 'zod/mini'

import { datasetsInWords } from '#methods/datasets.ts'

import { valueOf } from '../spec/fields.ts'
import { specFields, type ExperimentSpec } from '../spec/spec.ts'
import { meanInterval } from './confidence-interval.ts'
import { shortest } from './decimal.ts'
import { Estimate } from './result.ts'
import { mean, sampleDeviation } from './statistics.ts'

const Accuracy = z.strictObject({
  accuracy: z.number().check(z.describe('The share of the points that are predicted right.')),
  standardError: z
    .number()
    .check(z.describe('Of a share of n points that are drawn by chance: √(accuracy · (1 − accuracy) / n).')),
})
type Accuracy = z.output<typeof Accuracy>

const MeanAccuracy = z.strictObject({
  mean: Estimate.check(
    z.describe(
      'Over the runs that did not diverge, with its 95 % interval by Student’s t distribution from 5 runs on: how ' +
        'runs differ on these points. It is blind to the points, which all runs share.',
    ),
  ),
  standardError: z
    .nullable(z.number())
    .check(
      z.describe(
        'Of that mean, by the points: the standard deviation over points of the share of runs that are right there, ' +
          'over √n. It does not get smaller with more runs.',
      ),
    ),
})

const Difference = z.strictObject({ value: z.nullable(z.number()), standardError: z.nullable(z.number()) })

/** The difference between two experiments on the same fresh examples: the experiment minus the pinned one. */
const PairedDifference = z.strictObject({
  permalink: z.string().check(z.describe('Of the pinned experiment.')),
  difference: Difference.check(
    z.describe(
      'How much more often the runs are right than those of the pinned experiment, in the mean over the fresh ' +
        'examples, with its standard error by the examples, which are compared one by one.',
    ),
  ),
  runs: Estimate.check(
    z.describe(
      'The same by runs: the mean difference of pairs of runs with the same seed, with its 95 % interval by Student’s ' +
        't distribution from 5 pairs on.',
    ),
  ),
  pairs: z.int().check(z.describe('The pairs of runs with the same seed, neither of which diverged.')),
})

/** The generalization of an experiment's runs, with summary and standard errors. */
export const Generalization = z.strictObject({
  freshExamples: z.int().check(z.describe('The fresh points: of the law of the dataset, and in none of its splits.')),
  testExamples: z.int().check(z.describe('Points of the test half.')),
  runs: z.array(
    z.strictObject({
      seed: valueOf(specFields.seed),
      diverged: z.boolean(),
      fresh: z
        .nullable(Accuracy)
        .check(z.describe('On the fresh points, after the last epoch; null after divergence.')),
      test: z.nullable(Accuracy).check(z.describe('On the test half, as in the result; null after divergence.')),
    }),
  ),
  summary: z.strictObject({
    runs: z.int(),
    diverged: z.int(),
    fresh: MeanAccuracy,
    test: MeanAccuracy,
    belowBest: z
      .nullable(Difference)
      .check(
        z.describe(
          'How much less often the runs are right than the best rule on the same fresh points, in the mean, with its ' +
            'standard error by the points, which are compared one by one. Null where no best rule is known.',
        ),
      ),
  }),
  best: z
    .nullable(z.strictObject({ rule: z.literal('nearest true center'), fresh: Accuracy, test: Accuracy }))
    .check(
      z.describe(
        'The rule that no other beats in the long run: for ' +
          `${datasetsInWords(({ hasCenters }) => hasCenters)}, the class of the nearest true center. Null for ` +
          `${datasetsInWords(({ hasCenters }) => !hasCenters)}.`,
      ),
    ),
  comparison: z.optional(PairedDifference.check(z.describe('With `pin` only.'))),
})
export type Generalization = z.output<typeof Generalization>

/** For each of n points, the share of runs (or of rules) that classify it correctly: 0 to 1. */
type Shares = Float64Array

/** The correct predictions of every run and of the best rule. */
export interface Hits {
  /** The accuracies of each run, or null if it diverged. */
  runs: ({ fresh: number; test: number } | null)[]
  /** Over the runs that did not diverge. */
  fresh: Shares
  test: Shares
  /** For the best rule, if it is known. */
  best: { fresh: Shares; test: Shares } | null
}

/** Summarizes correct predictions as accuracies, means and standard errors. */
export function generalizationOf(
  spec: Pick<ExperimentSpec, 'seed'>,
  { runs, fresh, test, best }: Hits,
  comparison?: Generalization['comparison'],
): Generalization {
  const ended = runs.filter((run) => run !== null)
  const summary = (of: Shares, accuracies: readonly number[]) => ({
    mean: rounded(meanInterval(accuracies)),
    standardError: ended.length ? toShortest(errorByPoints(of)) : null,
  })
  const gaps = best && best.fresh.map((share, point) => share - fresh[point]!)
  return {
    freshExamples: fresh.length,
    testExamples: test.length,
    runs: runs.map((run, index) => ({
      seed: spec.seed + index,
      diverged: run === null,
      fresh: run && accuracyOf(run.fresh, fresh.length),
      test: run && accuracyOf(run.test, test.length),
    })),
    summary: {
      runs: runs.length,
      diverged: runs.length - ended.length,
      fresh: summary(
        fresh,
        ended.map((run) => run.fresh),
      ),
      test: summary(
        test,
        ended.map((run) => run.test),
      ),
      belowBest:
        gaps &&
        (ended.length
          ? { value: toShortest(mean(gaps)), standardError: toShortest(errorByPoints(gaps)) }
          : { value: null, standardError: null }),
    },
    best: best && {
      rule: 'nearest true center',
      fresh: accuracyOf(mean(best.fresh), fresh.length),
      test: accuracyOf(mean(best.test), test.length),
    },
    ...(comparison ? { comparison } : {}),
  }
}

/** An experiment with its identity and its correct predictions on the fresh examples. */
interface Compared {
  spec: Pick<ExperimentSpec, 'seed'>
  hits: Pick<Hits, 'runs' | 'fresh'>
}

/** The difference between two experiments on the same fresh examples, by examples and by runs. */
export function pairedDifference(
  { spec, hits }: Compared,
  pinned: Compared & { permalink: string },
): NonNullable<Generalization['comparison']> {
  const pairs = hits.runs.flatMap((run, index) => {
    const other = pinned.hits.runs[spec.seed + index - pinned.spec.seed]
    return run && other ? [run.fresh - other.fresh] : []
  })
  const hasRuns = [hits, pinned.hits].every(({ runs }) => runs.some((run) => run !== null))
  const gaps = hasRuns ? hits.fresh.map((share, example) => share - pinned.hits.fresh[example]!) : undefined
  return {
    permalink: pinned.permalink,
    difference: gaps
      ? { value: toShortest(mean(gaps)), standardError: toShortest(errorByPoints(gaps)) }
      : { value: null, standardError: null },
    runs: rounded(meanInterval(pairs)),
    pairs: pairs.length,
  }
}

function accuracyOf(accuracy: number, points: number): Accuracy {
  return {
    accuracy: shortest(Math.fround(accuracy))!,
    standardError: shortest(Math.fround(Math.sqrt((accuracy * (1 - accuracy)) / points)))!,
  }
}

/** The standard error of a mean over points. */
function errorByPoints(values: ArrayLike<number>): number {
  return sampleDeviation(Array.from(values)) / Math.sqrt(values.length)
}

function rounded({ value, low, high }: ReturnType<typeof meanInterval>) {
  return { value: toShortest(value), low: toShortest(low), high: toShortest(high) }
}

const toShortest = (value: number) => shortest(Math.fround(value))
