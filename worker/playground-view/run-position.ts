/**
 * The position of the cursor in a run, as a number of updates. It usually moves by epochs; at the end of the run there
 * is no position in the address.
 */
import { wholeNumber } from '#charts/text/format.ts'
import type { View } from '#charts/view.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, updates, updatesAfter } from '#experiment/spec/training-size.ts'

import type { Shown } from './address.ts'

/** Completed epochs, and updates of the next one. */
export interface RunPosition {
  epoch: number
  step: number
}

/** The position after a number of updates. */
export function runPositionAfter(spec: ExperimentSpec, made: number): RunPosition {
  const epoch = Math.floor(epochsAfter(spec, made))
  return { epoch, step: made - updatesAfter(spec, epoch) }
}

/** The cursor's position in a run of a spec; positions beyond the run are its end. */
export function runPositionOf(spec: ExperimentSpec, { epoch, update }: Pick<Shown, 'epoch' | 'update'>): RunPosition {
  if (update !== undefined && update < updates(spec)) return runPositionAfter(spec, update)
  return { epoch: update === undefined ? Math.min(epoch ?? spec.epochs, spec.epochs) : spec.epochs, step: 0 }
}

/** The form of a position in an address: an epoch if one is complete, otherwise an update; empty at the end. */
export function shownAt(spec: ExperimentSpec, { epoch, step }: RunPosition): Pick<Shown, 'epoch' | 'update'> {
  if (epoch >= spec.epochs) return {}
  return step === 0 ? { epoch } : { update: updatesAfter(spec, epoch) + step }
}

/** The units of a step. */
export const units = ['epoch', 'update'] as const
export type Unit = (typeof units)[number]

type Axis = View['axis']

/** The unit of the horizontal axis. */
export function unitOf(axis: Axis): Unit {
  return axis === 'updates' ? 'update' : 'epoch'
}

/** The coordinate of a position on an axis: completed epochs, or updates. */
export function positionOf(spec: ExperimentSpec, axis: Axis, { epoch, step }: RunPosition): number {
  return axis === 'updates' ? updatesAfter(spec, epoch) + step : epoch
}

/** The position at a coordinate of an axis. */
export function runPositionAt(spec: ExperimentSpec, axis: Axis, position: number): RunPosition {
  return axis === 'updates' ? runPositionAfter(spec, position) : { epoch: position, step: 0 }
}

/** The end of an axis. */
export function endOf(spec: ExperimentSpec, axis: Axis): number {
  return positionOf(spec, axis, { epoch: spec.epochs, step: 0 })
}

/**
 * A position in the words of an axis: `epoch 12 of 200`, `update 192 of 3200, after epoch 12`; between two epochs
 * always by its update, `update 195 of 3200, in epoch 13`.
 */
export function runPositionText(spec: ExperimentSpec, axis: Axis, place: RunPosition): string {
  const { epoch, step } = place
  if (isEpoch(axis, place)) return `epoch ${epoch} of ${spec.epochs}`
  const made = `update ${wholeNumber(positionOf(spec, 'updates', place))} of ${wholeNumber(updates(spec))}`
  return step === 0 ? `${made}, after epoch ${epoch}` : `${made}, in epoch ${epoch + 1}`
}

/** A position with its values, as a chart reads them: `epoch 3: train 0.590, test 0.652`. */
export function readingText(spec: ExperimentSpec, axis: Axis, place: RunPosition, values: string | undefined): string {
  if (values === undefined) return runPositionText(spec, axis, place)
  return `${isEpoch(axis, place) ? `epoch ${place.epoch}` : runPositionText(spec, axis, place)}: ${values}`
}

/** Whether a position is described by its epoch. */
const isEpoch = (axis: Axis, { step }: RunPosition) => step === 0 && axis === 'epochs'

/** A position as a point in time for use after the word 'after': `the last epoch`, `update 195, in epoch 13`. */
export function momentText(spec: ExperimentSpec, axis: Axis, place: RunPosition): string {
  const { epoch, step } = place
  if (step === 0 && epoch === spec.epochs) return `the last ${unitOf(axis)}`
  if (isEpoch(axis, place)) return `epoch ${epoch}`
  const made = `update ${wholeNumber(positionOf(spec, 'updates', place))}`
  return step === 0 ? `${made}, the last of epoch ${epoch}` : `${made}, in epoch ${epoch + 1}`
}

/**
 * The position one step forward or back: at the next update, or at the next end of an epoch. Undefined if there is
 * none: the first position is after one epoch or one update.
 */
export function stepFrom(
  spec: ExperimentSpec,
  place: RunPosition,
  unit: Unit,
  direction: 1 | -1,
): RunPosition | undefined {
  if (unit === 'update') {
    const next = updatesAfter(spec, place.epoch) + place.step + direction
    return next < 1 || next > updates(spec) ? undefined : runPositionAfter(spec, next)
  }
  const epoch = direction > 0 ? place.epoch + 1 : place.step > 0 ? place.epoch : place.epoch - 1
  return epoch < 1 || epoch > spec.epochs ? undefined : { epoch, step: 0 }
}
