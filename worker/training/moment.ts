/** Moments of a run: points in time between two of its updates. */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { stepsPerEpoch, updatesAfter } from '#experiment/spec/training-size.ts'

/**
 * The moment after `epoch` epochs and `step` updates of the next one. With all updates of an epoch it is the start of
 * the next epoch.
 */
export interface Moment {
  epoch: number
  step?: number
}

/**
 * The number of updates that a run has made at a moment.
 *
 * @throws RangeError if no run of the spec has this moment
 */
export function stepsAt(spec: ExperimentSpec, { epoch, step = 0 }: Moment): number {
  requireWithin('epoch', epoch, spec.epochs)
  requireWithin('step', step, epoch < spec.epochs ? stepsPerEpoch(spec, epoch) : 0)
  return updatesAfter(spec, epoch) + step
}

function requireWithin(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new RangeError(`${name}: expected a whole number from 0 to ${most}, got ${value}`)
}
