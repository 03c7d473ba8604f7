/**
 * Settings that change while a run trains: at the ends of epochs, as `50:32-100:256` says ('after 50 epochs 32, after
 * 100 epochs 256'), or from one update to the next.
 */
import { curveFor, curves } from '#methods/curves.ts'

import type { ExperimentSpec } from './spec.ts'

/** The most changes of one schedule. */
export const mostChanges = 8

/** After so many epochs a setting has another value. */
export interface ScheduledChange<Value> {
  epoch: number
  value: Value
}

/** A change in the text of a schedule. The minus of an exponent, as in `5:1e-4-9:1e-5`, begins none. */
const between = /-(?=\d+:)/

/** The changes of a schedule as texts, epoch and value; none where it is a word. */
export function splitChanges(schedule: string): [epoch: string, value: string][] {
  if (!schedule.includes(':')) return []
  return schedule.split(between).map((change) => change.split(':') as [string, string])
}

/** Changes as the text of a schedule; without any it is constant. */
export function joinChanges(changes: readonly ScheduledChange<number | string>[]): string {
  return changes.map(({ epoch, value }) => `${epoch}:${value}`).join('-') || 'constant'
}

/** The changes of the learning rate; none where it follows a curve. */
export function learningRateChanges({
  learningRateSchedule,
}: Pick<ExperimentSpec, 'learningRateSchedule'>): ScheduledChange<number>[] {
  return splitChanges(learningRateSchedule).map(([epoch, value]) => ({ epoch: Number(epoch), value: Number(value) }))
}

/** The changes of the batch size. */
export function batchSizeChanges({
  batchSizeSchedule,
}: Pick<ExperimentSpec, 'batchSizeSchedule'>): ScheduledChange<ExperimentSpec['batchSize']>[] {
  return splitChanges(batchSizeSchedule).map(([epoch, value]) => ({
    epoch: Number(epoch),
    value: value === 'full' ? value : Number(value),
  }))
}

/** Where an update of a run is: its epoch and its number, both from 0; and the updates of the warmup and of the run. */
export interface UpdatePlace {
  epoch: number
  update: number
  warmupUpdates: number
  updates: number
}

/**
 * The learning rate of an update, as float32. During the warmup it rises by as much with each update, up to its full
 * value at the last one; from then on a curve leads to 0, where the update after the last would be.
 */
export function learningRateAt(spec: ExperimentSpec, { epoch, update, warmupUpdates, updates }: UpdatePlace): number {
  const { learningRate, learningRateSchedule } = spec
  const changed = learningRateChanges(spec)
    .filter((change) => change.epoch <= epoch)
    .at(-1)?.value
  const rate = Math.fround(changed ?? learningRate)
  if (update < warmupUpdates) return Math.fround(rate * ((update + 1) / warmupUpdates))
  const share = (update - warmupUpdates) / (updates - warmupUpdates)
  return Math.fround(rate * curves[curveFor(learningRateSchedule)].factor(share))
}
