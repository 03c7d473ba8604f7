/** The learning rate of every update of a run. */
import { learningRateAt } from '#experiment/spec/schedule.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { updates, updatesAfter } from '#experiment/spec/training-size.ts'

/**
 * Returns a function that gives the learning rate of an update by its epoch and its number in the run, both counted
 * from 0.
 */
export function learningRates(spec: ExperimentSpec): (epoch: number, update: number) => number {
  const ends = { warmupUpdates: updatesAfter(spec, spec.warmup), updates: updates(spec) }
  return (epoch, update) => learningRateAt(spec, { epoch, update, ...ends })
}
