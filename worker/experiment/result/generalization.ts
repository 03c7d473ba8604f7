/**
 * Generalization on fresh data: the accuracy of an experiment's runs on many new points of the same distribution, next
 * to their accuracy on the test split, which all seeds share and which may be an easy one.
 */
import * as z from 'zod/mini'

import { datasetsInWords } from '#methods/datasets.ts'

import { requireBudget } from '../spec/budget.ts'
import { predictionsWork } from '../spec/cost.ts'
import { valueOf } from '../spec/fields.ts'
import { specFields, type ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'
import { meanInterval } from './confidence-interval.ts'
import { shortest } from './decimal.ts'
import { Estimate } from './result.ts'
import { mean, sampleDeviation } from './statistics.ts'

/** The number of fresh points. */
export const freshExamples = 20_000

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
})
export type Generalization = z.output<typeof Generalization>

/**
 * Checks that training an experiment's runs and predicting the fresh and test points with each of them fits the budget
 * of its engine.
 *
 * @throws InvalidQuery as `requireBudget` does
 */
export function requirePredictions(spec: ExperimentSpec): void {
  requireBudget(spec, generalizationWork)
}

/** Operations of training every run and predicting the fresh points and the test split with each. */
export function generalizationWork(spec: ExperimentSpec): number {
  return predictionsWork(spec, freshExamples + spec.examples - trainRows(spec))
}

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
