/**
 * Search by halves: how much of something is still possible.
 */

/** The largest whole number in a range for which something holds: it holds for the first, and from some number on no more. */
export function largestThat(from: number, to: number, holds: (value: number) => boolean): number {
  let [known, open] = [from, to]
  while (known < open) {
    const middle = Math.ceil((known + open) / 2)
    if (holds(middle)) known = middle
    else open = middle - 1
  }
  return known
}
