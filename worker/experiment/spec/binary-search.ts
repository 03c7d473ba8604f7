/** Binary search over whole numbers, used to find the largest setting that still fits a budget. */

/**
 * The largest whole number from `from` to `to` for which a condition holds. The condition must hold for `from` and be
 * monotone: once it fails, it fails for all larger numbers.
 */
export function largestThat(from: number, to: number, holds: (value: number) => boolean): number {
  let [known, open] = [from, to]
  while (known < open) {
    const middle = Math.ceil((known + open) / 2)
    if (holds(middle)) known = middle
    else open = middle - 1
  }
  return known
}
