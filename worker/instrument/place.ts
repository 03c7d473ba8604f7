/**
 * Where the cursor stands in a run: after so many updates. Most of the time it goes by epochs; at the end of the run it
 * rests.
 */
import { epochsAfter, updates, updatesAfter } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import type { Shown } from './address.ts'

/** Epochs that are done, and updates of the next one. */
export interface Place {
  epoch: number
  step: number
}

/** The place after so many updates. */
function placeAfter(spec: ExperimentSpec, made: number): Place {
  const epoch = Math.floor(epochsAfter(spec, made))
  return { epoch, step: made - updatesAfter(spec, epoch) }
}

/** Where the cursor stands in a run of a spec; places that the run does not have are its end. */
export function placeOf(spec: ExperimentSpec, { epoch, update }: Pick<Shown, 'epoch' | 'update'>): Place {
  if (update !== undefined && update < updates(spec)) return placeAfter(spec, update)
  return { epoch: update === undefined ? Math.min(epoch ?? spec.epochs, spec.epochs) : spec.epochs, step: 0 }
}

/** How a place is shown: by its epoch where one is over, else by its update; nothing at the end, where it rests. */
export function shownAt(spec: ExperimentSpec, { epoch, step }: Place): Pick<Shown, 'epoch' | 'update'> {
  if (epoch >= spec.epochs) return {}
  return step === 0 ? { epoch } : { update: updatesAfter(spec, epoch) + step }
}

/** What a step goes by. */
export const units = ['epoch', 'update'] as const
export type Unit = (typeof units)[number]

/**
 * The place a step further or back: at the next update, or where an epoch is over. Undefined where there is none: the
 * first is after one epoch, or one update.
 */
export function stepFrom(spec: ExperimentSpec, place: Place, unit: Unit, direction: 1 | -1): Place | undefined {
  if (unit === 'update') {
    const next = updatesAfter(spec, place.epoch) + place.step + direction
    return next < 1 || next > updates(spec) ? undefined : placeAfter(spec, next)
  }
  const epoch = direction > 0 ? place.epoch + 1 : place.step > 0 ? place.epoch : place.epoch - 1
  return epoch < 1 || epoch > spec.epochs ? undefined : { epoch, step: 0 }
}
