/**
 * How much an experiment asks of the machine, estimated before anything runs, and the budget that it must fit.
 *
 * The unit is the operation: one multiply-add of the fused engine's forward pass, about 0.04 ns. Estimates are linear
 * in epochs, seeds and rows, so that they can also bound the slices of a training (a Worker's clock stands still while
 * it computes). They are right within a factor of two or three; the constants are fitted to measured times.
 */
import { engines } from './engine.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { hiddenLayers, layerWidths, stepsPerEpoch, trainRows, type ExperimentSpec } from './spec.ts'

/** Operations of a row beyond its parameters: softmax and score. */
const rowWork = 100
/** Operations of a unit's tanh or sigmoid; a ReLU is nearly free. */
const smoothActivationWork = 25

/** Weights and biases of the network. */
export function parameterCount(spec: ExperimentSpec): number {
  const widths = layerWidths(spec)
  return widths.slice(1).reduce((sum, width, layer) => sum + (widths[layer]! + 1) * width, 0)
}

/** Operations of a row's way forward. */
function forwardWork(spec: ExperimentSpec): number {
  const units = hiddenLayers(spec).reduce((sum, width) => sum + width, 0)
  return parameterCount(spec) + rowWork + (spec.activation === 'relu' ? 0 : units * smoothActivationWork)
}

/** Operations of one optimizer step over `rows` rows: forward, backward at twice the parameters, and the update. */
export function stepWork(spec: ExperimentSpec, rows: number): number {
  const parameters = parameterCount(spec)
  const { arithmetic, stepOverhead } = engines[spec.engine]
  return arithmetic * ((forwardWork(spec) + 2 * parameters) * rows + 3 * parameters) + stepOverhead
}

/** Operations of the evaluation after an epoch: forward once over every row. */
export function evaluationWork(spec: ExperimentSpec): number {
  return engines[spec.engine].arithmetic * forwardWork(spec) * spec.examples
}

/** Operations of one epoch of one run: its steps and its evaluation. */
export function epochWork(spec: ExperimentSpec): number {
  const rows = trainRows(spec)
  const steps = stepsPerEpoch(spec)
  return stepWork(spec, rows / steps) * steps + evaluationWork(spec)
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

/** The work of experiments together, as a share of what one may be. */
export function shareOfBudget(specs: readonly ExperimentSpec[]): number {
  return specs.reduce((sum, spec) => sum + work(spec) / engines[spec.engine].budget, 0)
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
