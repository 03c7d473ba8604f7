/**
 * Schedules of learning rate and batch size: changes at the ends of epochs, written `50:32-100:256` (after 50 epochs
 * 32, after 100 epochs 256), and curves and warmup, which change the learning rate with every update.
 */
import { curveFor, curves } from '#methods/curves.ts'

import type { ExperimentSpec } from './spec.ts'

/** The most changes that one schedule may contain. */
export const mostChanges = 8

/** After `epoch` epochs the setting takes `value`. */
export interface ScheduledChange<Value> {
  epoch: number
  value: Value
}

/** The separator between changes. The minus sign of an exponent, as in `5:1e-4-9:1e-5`, is not one. */
const separator = /-(?=\d+:)/

/** The changes of a schedule as pairs of texts; empty if the schedule is a word. */
export function splitChanges(schedule: string): [epoch: string, value: string][] {
  if (!schedule.includes(':')) return []
  return schedule.split(separator).map((change) => change.split(':') as [string, string])
}

/** The text of a schedule with these changes; `constant` if there are none. */
export function joinChanges(changes: readonly ScheduledChange<number | string>[]): string {
  return changes.map(({ epoch, value }) => `${epoch}:${value}`).join('-') || 'constant'
}

/** The scheduled changes of the learning rate; empty if it follows a curve. */
export function learningRateChanges({
  learningRateSchedule,
}: Pick<ExperimentSpec, 'learningRateSchedule'>): ScheduledChange<number>[] {
  return splitChanges(learningRateSchedule).map(([epoch, value]) => ({ epoch: Number(epoch), value: Number(value) }))
}

/** The scheduled changes of the batch size. */
export function batchSizeChanges({
  batchSizeSchedule,
}: Pick<ExperimentSpec, 'batchSizeSchedule'>): ScheduledChange<ExperimentSpec['batchSize']>[] {
  return splitChanges(batchSizeSchedule).map(([epoch, value]) => ({
    epoch: Number(epoch),
    value: value === 'full' ? value : Number(value),
  }))
}

/**
 * The position of an update in a run: its epoch and its number, both counted from 0, and the number of updates in the
 * warmup and in the whole run.
 */
export interface UpdatePlace {
  epoch: number
  update: number
  warmupUpdates: number
  updates: number
}

/**
 * The learning rate of an update, rounded to float32. During the warmup it rises linearly and reaches its full value at
 * the last warmup update. From then on it follows the curve of the schedule, which would reach 0 at the update after
 * the last.
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
