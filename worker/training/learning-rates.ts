/**
 * The learning rates of a run, update by update.
 */
import { learningRateAt } from '#experiment/spec/schedule.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { updates, updatesAfter } from '#experiment/spec/training-size.ts'

/** Gives the learning rate of an update, by its epoch and its number in the run, both from 0. */
export function learningRates(spec: ExperimentSpec): (epoch: number, update: number) => number {
  const ends = { warmupUpdates: updatesAfter(spec, spec.warmup), updates: updates(spec) }
  return (epoch, update) => learningRateAt(spec, { epoch, update, ...ends })
}
