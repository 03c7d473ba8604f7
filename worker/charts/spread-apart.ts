/**
 * Room for labels: two that would overlap are moved apart.
 */

/** How near two lines of text may come, in pixels. */
const gap = 16

/** The positions of up to two labels, moved apart where they would overlap. */
export function spreadApart(positions: readonly number[]): number[] {
  const [first, second] = positions
  if (first === undefined || second === undefined) return [...positions]
  const overlap = Math.max(0, gap - Math.abs(first - second)) / 2
  const direction = first < second ? -1 : 1
  return [first + direction * overlap, second - direction * overlap]
}
