/**
 * Churn: the share of test examples whose predicted class changes from one epoch to the next, over the window of last
 * epochs in which instability is measured, and how often each example changes. Unlike the instability of the accuracy,
 * changes in opposite directions do not cancel. The predictions after the last epoch are part of it.
 *
 * Source: Milani Fard, Cormier, Canini & Gupta, "Launch and Iterate: Reducing Prediction Churn" (2016).
 *
 * Dimension letters: E = epochs of the window, N = test examples.
 */
import * as z from 'zod/mini'

import { requireBudget } from '../spec/budget.ts'
import { estimateOperations, predictionWork } from '../spec/cost.ts'
import type { ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'
import { churnEpochs, meanChurn } from './churn-share.ts'
import { shortest } from './decimal.ts'

/** The most examples whose sequence of classes is given. */
export const mostRestless = 12

const Restless = z.strictObject({
  example: z.int().check(z.describe('Its index in the test half, from 0.')),
  label: z.int(),
  changes: z.int().check(z.describe('How many epochs of the window changed its predicted class.')),
  classes: z
    .array(z.int())
    .check(z.describe('Its predicted class after the epoch before the window, and after each epoch of the window.')),
})

/** The churn of an experiment's first run. */
export const Churn = z.strictObject({
  testExamples: z.int().check(z.describe('The examples of the test half.')),
  diverged: z.boolean(),
  epochs: z
    .nullable(z.tuple([z.int(), z.int()]))
    .check(
      z.describe(
        'The first and the last epoch of the window, counted from 1: the last quarter of the epochs. Null for ' +
          'experiments that are too short to have a window.',
      ),
    ),
  share: z
    .array(z.nullable(z.number()))
    .check(
      z.describe(
        'For each epoch of the window, the share of test examples whose predicted class is another one than after the ' +
          'epoch before; null after divergence.',
      ),
    ),
  mean: z
    .nullable(z.number())
    .check(z.describe('The mean share over the window; null if the run diverged or has no window.')),
  labels: z.array(z.int()).check(z.describe('The class of each test example.')),
  predicted: z
    .nullable(z.array(z.int()))
    .check(z.describe('The predicted class of each test example after the last epoch; null if the run diverged.')),
  changes: z
    .nullable(z.array(z.int()))
    .check(
      z.describe(
        'For each test example, how many epochs of the window changed its predicted class; null if the run diverged or ' +
          'has no window.',
      ),
    ),
  restless: z
    .nullable(z.array(Restless))
    .check(
      z.describe(
        `The test examples that change most often, at most ${mostRestless} and only those that change at all; null ` +
          'where `changes` is.',
      ),
    ),
})
export type Churn = z.output<typeof Churn>

/**
 * The spec of the single run whose churn is measured.
 *
 * @throws InvalidQuery if training it and predicting the test examples after each epoch of the window exceeds the budget
 *   of its engine, as `requireBudget` does
 */
export function churnSpec(requested: ExperimentSpec): ExperimentSpec {
  const spec = { ...requested, seeds: 1 }
  requireBudget(spec, churnWork)
  return spec
}

/** Operations of training the first run and predicting the test examples after each of `churnEpochs`. */
export function churnWork(spec: ExperimentSpec): number {
  const predicted = churnEpochs(spec).length * (spec.examples - trainRows(spec))
  return estimateOperations({ ...spec, seeds: 1 }) + predictionWork(spec, predicted)
}

/**
 * Summarizes predicted classes.
 *
 * @param classes the predicted class of each test example after each of `churnEpochs`, [E + 1][N]; shorter if the run
 *   diverged before the last of them
 * @param labels the class of each test example [N]
 * @param diverged whether the run diverged
 */
export function churnOf(
  spec: Pick<ExperimentSpec, 'epochs'>,
  { classes, labels, diverged }: { classes: readonly Uint8Array[]; labels: Uint8Array; diverged: boolean },
): Churn {
  const epochs = churnEpochs(spec)
  const changes = Array.from(labels, () => 0)
  const changed = epochs.slice(1).map((_, index) => {
    const [before, after] = [classes[index], classes[index + 1]]
    if (!before || !after) return null
    let count = 0
    for (let example = 0; example < labels.length; example++) {
      const isChange = Number(after[example] !== before[example])
      changes[example]! += isChange
      count += isChange
    }
    return count
  })
  const hasWindow = epochs.length > 1
  const isComplete = hasWindow && !diverged
  return {
    testExamples: labels.length,
    diverged,
    epochs: hasWindow ? [epochs[1]!, epochs.at(-1)!] : null,
    share: changed.map((count) => (count === null ? null : toShortest(count / labels.length))),
    mean: isComplete
      ? meanChurn(
          changed.filter((count) => count !== null),
          labels.length,
        )
      : null,
    labels: Array.from(labels),
    predicted: diverged ? null : Array.from(classes.at(-1)!),
    changes: isComplete ? changes : null,
    restless: isComplete ? mostChanging(classes, labels, changes) : null,
  }
}

/** The examples with the most changes; of those with equally many, the first come first. */
function mostChanging(
  classes: readonly Uint8Array[],
  labels: Uint8Array,
  changes: readonly number[],
): z.output<typeof Restless>[] {
  return Array.from(changes, (count, example) => ({ count, example }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.example - b.example)
    .slice(0, mostRestless)
    .map(({ count, example }) => ({
      example,
      label: labels[example]!,
      changes: count,
      classes: classes.map((all) => all[example]!),
    }))
}

const toShortest = (value: number) => shortest(Math.fround(value))
