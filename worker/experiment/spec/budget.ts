/**
 * The budget that the estimated work of an experiment must fit: what asks for more is refused before anything runs.
 */
import { largestThat } from './binary-search.ts'
import { estimateOperations } from './cost.ts'
import { engines } from './engine.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import type { ExperimentSpec } from './spec.ts'

/** How an experiment is above the budget of its engine. */
export interface Excess {
  /** Its estimated work, as a multiple of the budget. */
  times: number
  /** Fields of which less would fit, all others as they are, and the most that does. */
  fits: { field: 'epochs' | 'seeds'; most: number }[]
}

/**
 * How far an experiment is above the budget of its engine; undefined where it is within.
 *
 * @param workOf what is to be done with it: training it, or more than that. It grows with epochs and seeds.
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

/** A multiple of a budget in words: `about 9.2 times`. */
export function timesInWords(times: number): string {
  if (times < 1.05) return 'slightly more than'
  return `about ${times < 100 ? Number(times.toPrecision(2)) : Math.round(times)} times`
}

/**
 * Refuses an experiment whose estimated work is above the budget of its engine.
 *
 * @param workOf as for `excessOf`
 * @throws InvalidQuery with the estimate, and the most epochs or seeds that would fit
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

/** The work of experiments together, as a share of what one may be. */
export function shareOfBudget(specs: readonly ExperimentSpec[]): number {
  return specs.reduce((sum, spec) => sum + estimateOperations(spec) / engines[spec.engine].budget, 0)
}

/**
 * Refuses experiments whose estimated work together is above the budget of one.
 *
 * @throws InvalidQuery with the estimate and the limit
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
