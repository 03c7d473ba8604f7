/**
 * Where a run falls among many of the same experiment.
 */
import { decimal } from '#charts/text/format.ts'

import type { PrintedAccuracy } from './read-accuracy.ts'

/** Where it falls: how many end lower, as it does, and higher. */
export interface Rank {
  lower: number
  same: number
  higher: number
}

/** A digit that nobody prints: a float32 as it is has too many to compare. */
const finest = 0.001

/**
 * Counts the runs around an accuracy. As it does end those that would be printed alike.
 *
 * @param hits test points that each run got right
 * @param rows test points there are
 */
export function rankAmong({ value, unit }: PrintedAccuracy, hits: readonly number[], rows: number): Rank {
  // Half a digit, and a little more as 0.825 may be printed either way.
  const reach = Math.max(unit, finest) / 2 + 1e-9
  const differences = hits.map((count) => count / rows - value)
  const lower = differences.filter((difference) => difference < -reach).length
  const higher = differences.filter((difference) => difference > reach).length
  return { lower, same: hits.length - lower - higher, higher }
}

/** Whether no run of ours is at or beyond it. */
export function isOutside({ lower, same, higher }: Rank): boolean {
  return same === 0 && (lower === 0 || higher === 0)
}

/** Runs at either end that are still called rare. */
const rare = 10

/** The place in words. */
export function rankText(place: Rank, hits: readonly number[], rows: number): string {
  const { lower, same, higher } = place
  const all = hits.length
  const nearest = (count: number) => decimal(count / rows)
  if (isOutside(place)) {
    const [side, end] =
      lower === 0
        ? ['Lower', `lowest is ${nearest(Math.min(...hits))}`]
        : ['Higher', `highest is ${nearest(Math.max(...hits))}`]
    return `${side} than all ${all} of ours: the ${end}. A run of the same experiment falls outside about twice in a hundred times, so look for a cause.`
  }
  const counts = [
    ...(same ? [`as ${same} of ${all} runs do`] : ['between our runs']),
    lower ? `${lower} end lower` : 'none ends lower',
    higher ? `${higher} end higher` : 'none ends higher',
  ]
  const end =
    lower + same < rare
      ? ' That is near the lower end, but inside.'
      : higher + same < rare
        ? ' That is near the upper end, but inside.'
        : ''
  return `Yours ends ${counts[0]}; ${counts[1]}, ${counts[2]}.${end}`
}
