/**
 * The sizes of a training: training examples, batches and updates of each epoch, and phases of constant batch size.
 * This file contains only arithmetic, so scripts that only show results need not load schemas.
 */
import { lastBatches } from '#methods/last-batch.ts'

import { batchSizeChanges } from './schedule.ts'
import type { ExperimentSpec } from './spec.ts'

/** The number of training examples: the first `Math.round(examples × trainFraction)`. The rest are for testing. */
export function trainRows({ examples, trainFraction }: Pick<ExperimentSpec, 'examples' | 'trainFraction'>): number {
  return Math.round(examples * trainFraction)
}

/** The fields that determine these sizes. */
type Cut = Pick<
  ExperimentSpec,
  'examples' | 'trainFraction' | 'batchSize' | 'batchSizeSchedule' | 'lastBatch' | 'epochs'
>

/** Consecutive epochs with the same batch size. */
export interface Phase {
  /** The number of epochs before the phase, and in it. */
  before: number
  epochs: number
  /** Examples of a batch. */
  rows: number
  /** Updates of an epoch. The last batch may be partial, unless partial batches are dropped. */
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

/** The phase that an epoch, counted from 0, belongs to. Epochs after the end belong to the last phase. */
export function phaseAt(spec: Cut, epoch: number): Phase {
  return phasesOf(spec)
    .filter(({ before }) => before <= epoch)
    .at(-1)!
}

/** The batch size in the first epoch; `full` is the number of training examples. */
export function batchRows(spec: Cut): number {
  return phaseAt(spec, 0).rows
}

/** The updates of an epoch, counted from 0. Without a batch size schedule all epochs make the same number. */
export function stepsPerEpoch(spec: Cut, epoch = 0): number {
  return phaseAt(spec, epoch).steps
}

/** The updates made in the first `epochs` epochs of a run. */
export function updatesAfter(spec: Cut, epochs: number): number {
  return phasesOf(spec).reduce(
    (sum, phase) => sum + phase.steps * Math.max(0, Math.min(phase.epochs, epochs - phase.before)),
    0,
  )
}

/** The epochs completed after `made` updates, as a real number. */
export function epochsAfter(spec: Cut, made: number): number {
  let left = made
  for (const { before, epochs, steps } of phasesOf(spec)) {
    if (left <= epochs * steps) return before + left / steps
    left -= epochs * steps
  }
  return spec.epochs
}

/** The updates of a whole run. */
export function updates(spec: Cut): number {
  return updatesAfter(spec, spec.epochs)
}
