/**
 * How a spec cuts its rows: what trains, what makes a step. Nothing but arithmetic, for whoever only shows results.
 */
import type { ExperimentSpec } from './spec.ts'

/** Rows that train: the first `Math.round(examples × trainFraction)`; the rest test. */
export function trainRows({ examples, trainFraction }: Pick<ExperimentSpec, 'examples' | 'trainFraction'>): number {
  return Math.round(examples * trainFraction)
}

/** The examples of a step: `full` is all the training rows. */
export function batchRows(spec: ExperimentSpec): number {
  return spec.batchSize === 'full' ? trainRows(spec) : spec.batchSize
}

/** Optimizer updates of one epoch: the last batch may be partial. */
export function stepsPerEpoch(spec: ExperimentSpec): number {
  return Math.ceil(trainRows(spec) / batchRows(spec))
}

/** Optimizer updates of a whole run. */
export function updates(spec: ExperimentSpec): number {
  return stepsPerEpoch(spec) * spec.epochs
}
