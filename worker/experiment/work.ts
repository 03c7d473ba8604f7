/**
 * How much an experiment asks of the machine, estimated before anything runs, and the budget that it must fit.
 *
 * The unit is the operation: one multiply-add of a forward pass. Estimates are linear in epochs, seeds, rows and
 * parameters, so that they can also bound the slices of a training (a Worker's clock stands still while it computes).
 */
import { engines } from './engine.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { layerWidths, stepsPerEpoch, trainRows, type ExperimentSpec } from './spec.ts'

/** Weights and biases of the network. */
function parameterCount(spec: ExperimentSpec): number {
  const widths = layerWidths(spec)
  return widths.slice(1).reduce((sum, width, layer) => sum + (widths[layer]! + 1) * width, 0)
}

/** Operations of one optimizer step over `rows` rows: forward once, backward twice, plus what the call costs. */
export function stepWork(spec: ExperimentSpec, rows: number): number {
  return 3 * parameterCount(spec) * rows + engines[spec.engine].stepOverhead
}

/** Operations of the evaluation after an epoch: forward once over every row. */
export function evaluationWork(spec: ExperimentSpec): number {
  return parameterCount(spec) * spec.examples
}

/** Operations of one epoch of one run: its steps and its evaluation. */
function epochWork(spec: ExperimentSpec): number {
  const overhead = stepsPerEpoch(spec) * engines[spec.engine].stepOverhead
  return 3 * parameterCount(spec) * trainRows(spec) + overhead + evaluationWork(spec)
}

/** Operations of the whole experiment. */
export function work(spec: ExperimentSpec): number {
  return epochWork(spec) * spec.epochs * spec.seeds
}

/**
 * Refuses an experiment whose estimated work is above the budget of its engine.
 *
 * @throws InvalidQuery with the estimate, the limit, and the most epochs or seeds that would fit
 */
export function requireBudget(spec: ExperimentSpec): void {
  const { budget } = engines[spec.engine]
  const estimate = work(spec)
  if (estimate <= budget) return
  const why = `this is about ${estimate.toPrecision(3)} operations, and engine=${spec.engine} does ${budget.toPrecision(3)}`
  const fits = (['epochs', 'seeds'] as const)
    .map((field) => ({ field, most: Math.floor((spec[field] * budget) / estimate) }))
    .filter(({ most }) => most >= 1)
  const errors = fits.map(({ field, most }) => fieldError(field, spec[field], `at most ${most}: ${why}`))
  throw new InvalidQuery(
    422,
    errors.length ? errors : [fieldError('epochs', spec.epochs, `fewer, with fewer seeds: ${why}`)],
  )
}
