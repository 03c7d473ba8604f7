/**
 * The work budget of an experiment. The work is estimated before anything runs, and an experiment above the budget of
 * its engine is refused.
 */
import { largestThat } from './binary-search.ts'
import { estimateOperations } from './cost.ts'
import { engines } from './engine.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import type { ExperimentSpec } from './spec.ts'

/** By how much an experiment exceeds the budget of its engine, and what would fit. */
export interface Excess {
  /** The estimated work as a multiple of the budget. */
  times: number
  /**
   * The fields that could be lowered until the experiment fits, each with the largest value that does while all other
   * fields keep theirs.
   */
  fits: { field: 'epochs' | 'seeds'; most: number }[]
}

/**
 * How far an experiment exceeds the budget of its engine; undefined if it fits.
 *
 * @param workOf estimates the operations of what is to be done with the experiment, by default training it. It must not
 *   decrease with epochs or seeds.
 */
export function excessOf(
  spec: ExperimentSpec,
  workOf: (spec: ExperimentSpec) => number = estimateOperations,
): Excess | undefined {
  const { budget } = engines[spec.engine]
  const times = workOf(spec) / budget
  if (times <= 1) return undefined
  const fits = (['epochs', 'seeds'] as const)
    .map((field) => ({
      field,
      most: largestThat(0, spec[field], (value) => workOf({ ...spec, [field]: value }) <= budget),
    }))
    .filter(({ most }) => most >= 1)
  return { times, fits }
}

/** The share of a budget that takes too little time to let a reader wait for it: some 50 ms. */
const quickShare = 0.01

/** Whether an experiment is trained in so little time that nobody notices. */
export function isQuick(spec: ExperimentSpec): boolean {
  return estimateOperations(spec) <= quickShare * engines[spec.engine].budget
}

/** A multiple of a budget in words, such as `about 9.2 times`. */
export function timesInWords(times: number): string {
  if (times < 1.05) return 'slightly more than'
  return `about ${times < 100 ? Number(times.toPrecision(2)) : Math.round(times)} times`
}

/**
 * Checks that the estimated work of an experiment fits the budget of its engine.
 *
 * @param workOf as in `excessOf`
 * @throws InvalidQuery (422) with the estimate and the most epochs or seeds that would fit
 */
export function requireBudget(spec: ExperimentSpec, workOf?: (spec: ExperimentSpec) => number): void {
  const excess = excessOf(spec, workOf)
  if (!excess) return
  const why = `this is ${timesInWords(excess.times)} the budget of engine=${spec.engine}`
  const beside = { epochs: `seeds=${spec.seeds}`, seeds: `epochs=${spec.epochs}` }
  const errors = excess.fits.map(({ field, most }) =>
    fieldError(field, spec[field], `at most ${most} with ${beside[field]}: ${why}`),
  )
  throw new InvalidQuery(
    422,
    errors.length ? errors : [fieldError('epochs', spec.epochs, `fewer, with fewer seeds: ${why}`)],
  )
}

/** The estimated work of several experiments together, as a multiple of the budget of one. */
export function shareOfBudget(specs: readonly ExperimentSpec[]): number {
  return specs.reduce((sum, spec) => sum + estimateOperations(spec) / engines[spec.engine].budget, 0)
}

/**
 * Checks that the estimated work of several experiments together fits the budget of one.
 *
 * @throws InvalidQuery (422) with the estimate and the limit
 */
export function requireBudgetOfAll(specs: readonly ExperimentSpec[]): void {
  const share = shareOfBudget(specs)
  if (share <= 1) return
  const epochs = specs[0]?.epochs ?? 1
  throw new InvalidQuery(422, [
    fieldError(
      'epochs',
      epochs,
      `at most ${Math.floor(epochs / share)} for ${specs.length} experiments: together they are ${share.toPrecision(3)} times the budget`,
    ),
  ])
}
