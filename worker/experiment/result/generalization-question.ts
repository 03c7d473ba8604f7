/**
 * What a query asks about generalization: an experiment, the number of fresh examples, and the experiment that it is
 * compared with on the same ones.
 */
import { largestThat } from '../spec/binary-search.ts'
import { requireBudget } from '../spec/budget.ts'
import { predictionsWork } from '../spec/cost.ts'
import { requireFresh } from '../spec/data-kind.ts'
import { engines } from '../spec/engine.ts'
import { fieldError, InvalidQuery } from '../spec/errors.ts'
import { wholeField } from '../spec/fields.ts'
import { readSpec } from '../spec/permalink.ts'
import { pinField, readPin } from '../spec/pin.ts'
import type { ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'

/** The default and the most fresh examples, and the fewest. */
export const mostFreshExamples = 200_000
const leastFreshExamples = 1000

/** The view keys of a query: the number of fresh examples, and the experiment that is compared on the same ones. */
export const generalizationView = {
  freshExamples: wholeField('fresh examples', leastFreshExamples, mostFreshExamples),
  pin: pinField,
}

/** What is asked: the generalization of an experiment, and its comparison with another one. */
export interface GeneralizationQuestion {
  spec: ExperimentSpec
  freshExamples: number
  /** An experiment on data of the same distribution. */
  pinned?: ExperimentSpec | undefined
}

/** The fields that determine the distribution that fresh examples are drawn from. */
const distributionFields = ['dataset', 'classes', 'noise', 'datasetSeed'] as const

/**
 * Checks that training all runs and predicting the fresh and test examples with each of them fits the budget.
 *
 * @throws InvalidQuery (422) with the most epochs, seeds or fresh examples that would fit
 */
function requirePredictions(question: GeneralizationQuestion): void {
  const { spec, freshExamples } = question
  const fits = (given: Partial<GeneralizationQuestion>) => shareOf({ ...question, ...given }) <= 1
  if (fits({})) return
  const most = largestThat(0, freshExamples, (count) => fits({ freshExamples: count }))
  const fewer =
    most >= leastFreshExamples
      ? [fieldError('freshExamples', freshExamples, `at most ${most} with the other settings as they are`)]
      : []
  try {
    requireBudget(spec, (changed) => shareOf({ ...question, spec: changed }) * engines[changed.engine].budget)
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    throw new InvalidQuery(error.status, [...error.errors, ...fewer])
  }
}

/** The estimated work of a question as a multiple of the budget; each experiment counts by its own engine's. */
function shareOf({ spec, pinned, freshExamples }: GeneralizationQuestion): number {
  return [spec, ...(pinned ? [pinned] : [])].reduce(
    (sum, one) => sum + generalizationWork({ spec: one, freshExamples }) / engines[one.engine].budget,
    0,
  )
}

/** Operations of drawing fresh examples: about 1 µs each. */
export function drawingWork(freshExamples: number): number {
  return 2e4 * freshExamples
}

/**
 * Operations of drawing the fresh examples, training every run, and predicting the fresh and test examples with each, of
 * one or two experiments.
 */
export function generalizationWork({ spec, pinned, freshExamples }: GeneralizationQuestion): number {
  return [spec, ...(pinned ? [pinned] : [])].reduce(
    (sum, one) => sum + predictionsWork(one, freshExamples + one.examples - trainRows(one)),
    drawingWork(freshExamples),
  )
}

/**
 * The question of a query.
 *
 * @throws InvalidQuery (422) if no fresh examples can be drawn of the dataset, or if the two experiments' data come from different distributions, or exceed the budget
 */
export function readGeneralization(query: URLSearchParams): GeneralizationQuestion {
  const { spec, view } = readSpec(query, generalizationView, 'refuse')
  requireFresh(spec)
  const pinned = view.pin === undefined ? undefined : readPin(view.pin, spec)
  const other = pinned && distributionFields.find((field) => pinned[field] !== spec[field])
  if (pinned && other)
    throw new InvalidQuery(422, [
      fieldError(
        'pin',
        `${other}=${pinned[other]}`,
        `${other}=${spec[other]}: both are tried on the same fresh examples`,
      ),
    ])
  const question = { spec, freshExamples: view.freshExamples ?? mostFreshExamples, pinned }
  requirePredictions(question)
  return question
}
