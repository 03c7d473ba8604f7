/**
 * The accuracy axis of the first screen's plot: its range, ticks and grid lines. The range is 0.3 to 0.9, where the runs of
 * the article lie, and extends where a run goes lower or higher.
 */
import { box } from '../drawings/run-curves.ts'

/** From the lowest to the highest accuracy, both tenths. */
export type Range = readonly [low: number, high: number]

export const usualRange: Range = [0.3, 0.9]

/** A range that holds another and all values, in whole tenths; values that are missing ask for nothing. */
export function axisRange(values: Iterable<number>, [low, high]: Range = usualRange): Range {
  let [least, most] = [low, high]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    least = Math.min(least, Math.floor(value * 10) / 10)
    most = Math.max(most, Math.ceil(value * 10) / 10)
  }
  return [least, most]
}

/** The tenths of a range, from the highest. */
export function ticksOf([low, high]: Range): number[] {
  const count = Math.round((high - low) * 10)
  return Array.from({ length: count + 1 }, (_, index) => (Math.round(high * 10) - index) / 10)
}

/** The part of the curves' box that a plot shows. */
export function viewBoxOf([low, high]: Range): string {
  return `1 ${Math.round((1 - high) * box.height)} ${box.width - 1} ${Math.round((high - low) * box.height)}`
}

/** The path of its grid lines. */
export function gridOf(range: Range): string {
  return ticksOf(range)
    .map((tick) => `M0 ${Math.round((1 - tick) * box.height)}H${box.width}`)
    .join('')
}
