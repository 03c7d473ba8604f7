/**
 * A moment of a run: between two of its steps.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { stepsPerEpoch, updatesAfter } from '#experiment/spec/training-size.ts'

/** After so many epochs, and so many steps of the next one: with all of them it is the next epoch's beginning. */
export interface Moment {
  epoch: number
  step?: number
}

/**
 * The steps that a run has done at a moment.
 *
 * @throws RangeError for a moment that no run of the spec has
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
