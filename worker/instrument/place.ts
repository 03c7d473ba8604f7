/**
 * Where the cursor stands in a run: after so many updates. Most of the time it goes by epochs; at the end of the run it
 * rests.
 */
import { stepsPerEpoch } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import type { Shown } from './address.ts'

/** Epochs that are done, and updates of the next one. */
export interface Place {
  epoch: number
  step: number
}

/** The updates of a whole run. */
export function updatesOf(spec: ExperimentSpec): number {
  return stepsPerEpoch(spec) * spec.epochs
}

/** Where the cursor stands in a run of a spec; places that the run does not have are its end. */
export function placeOf(spec: ExperimentSpec, { epoch, update }: Pick<Shown, 'epoch' | 'update'>): Place {
  const anEpoch = stepsPerEpoch(spec)
  if (update !== undefined && update < updatesOf(spec))
    return { epoch: Math.floor(update / anEpoch), step: update % anEpoch }
  return { epoch: update === undefined ? Math.min(epoch ?? spec.epochs, spec.epochs) : spec.epochs, step: 0 }
}

/** How a place is shown: by its epoch where one is over, else by its update; nothing at the end, where it rests. */
export function shownAt(spec: ExperimentSpec, { epoch, step }: Place): Pick<Shown, 'epoch' | 'update'> {
  if (epoch >= spec.epochs) return {}
  return step === 0 ? { epoch } : { update: epoch * stepsPerEpoch(spec) + step }
}

/** What a step goes by. */
export const units = ['epoch', 'update'] as const
export type Unit = (typeof units)[number]

/**
 * The place a step further or back: at the next update, or where an epoch is over. Undefined where there is none: the
 * first is after one epoch, or one update.
 */
export function stepFrom(spec: ExperimentSpec, place: Place, unit: Unit, direction: 1 | -1): Place | undefined {
  const anEpoch = stepsPerEpoch(spec)
  const done = place.epoch * anEpoch + place.step
  const next =
    unit === 'update'
      ? done + direction
      : anEpoch * (direction > 0 ? place.epoch + 1 : place.step > 0 ? place.epoch : place.epoch - 1)
  if (next < (unit === 'update' ? 1 : anEpoch) || next > anEpoch * spec.epochs) return undefined
  return { epoch: Math.floor(next / anEpoch), step: next % anEpoch }
}
