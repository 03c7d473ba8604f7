/**
 * How a spec cuts its rows: what trains, what makes a step. Nothing but arithmetic, for whoever only shows results.
 */
import { lastBatches } from '#methods/last-batch.ts'

import { batchSizeChanges } from './schedule.ts'
import type { ExperimentSpec } from './spec.ts'

/** Rows that train: the first `Math.round(examples × trainFraction)`; the rest test. */
export function trainRows({ examples, trainFraction }: Pick<ExperimentSpec, 'examples' | 'trainFraction'>): number {
  return Math.round(examples * trainFraction)
}

/** The fields of a spec that cut its rows. */
type Cut = Pick<
  ExperimentSpec,
  'examples' | 'trainFraction' | 'batchSize' | 'batchSizeSchedule' | 'lastBatch' | 'epochs'
>

/** Epochs that follow each other with the same batch size. */
export interface Phase {
  /** The epochs before it, and its own. */
  before: number
  epochs: number
  /** Examples of a step. */
  rows: number
  /** Steps of an epoch: the last batch may be partial, unless such a batch is dropped. */
  steps: number
}

/** The phases of a run: one, unless its batch size changes. */
export function phasesOf(spec: Cut): Phase[] {
  const all = trainRows(spec)
  const changes = [{ epoch: 0, value: spec.batchSize }, ...batchSizeChanges(spec)].filter(
    ({ epoch }) => epoch < spec.epochs,
  )
  return changes.map(({ epoch, value }, index) => {
    const rows = value === 'full' ? all : value
    return {
      before: epoch,
      epochs: (changes[index + 1]?.epoch ?? spec.epochs) - epoch,
      rows,
      steps: lastBatches[spec.lastBatch].steps(all, rows),
    }
  })
}

/** The phase of an epoch, counted from 0; the last one holds on. */
export function phaseAt(spec: Cut, epoch: number): Phase {
  return phasesOf(spec)
    .filter(({ before }) => before <= epoch)
    .at(-1)!
}

/** The examples of a step in the first epoch: `full` is all the training rows. */
export function batchRows(spec: Cut): number {
  return phaseAt(spec, 0).rows
}

/** Steps of an epoch, counted from 0: without a schedule all have as many. */
export function stepsPerEpoch(spec: Cut, epoch = 0): number {
  return phaseAt(spec, epoch).steps
}

/** Updates made in the first epochs of a run. */
export function updatesAfter(spec: Cut, epochs: number): number {
  return phasesOf(spec).reduce(
    (sum, phase) => sum + phase.steps * Math.max(0, Math.min(phase.epochs, epochs - phase.before)),
    0,
  )
}

/** Epochs that are done, in whole and parts, after so many updates. */
export function epochsAfter(spec: Cut, made: number): number {
  let left = made
  for (const { before, epochs, steps } of phasesOf(spec)) {
    if (left <= epochs * steps) return before + left / steps
    left -= epochs * steps
  }
  return spec.epochs
}

/** Updates made in a whole run. */
export function updates(spec: Cut): number {
  return updatesAfter(spec, spec.epochs)
}
