/**
 * The cosine computed with arithmetic alone, because the last bits of the host's `Math.cos` may differ between engines.
 */

/** cos πx for x from 0 to 1, within 1e-10: the Taylor series of cos, each factor 1 / (2n)! with its sign. */
export function cosine(x: number): number {
  // cos π(1 − x) = −cos πx, so half of the range is enough, where the series converges quickly.
  const isUpper = x > 0.5
  const angle = Math.PI * (isUpper ? 1 - x : x)
  const square = angle * angle
  let sum = -1 / 87178291200
  sum = sum * square + 1 / 479001600
  sum = sum * square - 1 / 3628800
  sum = sum * square + 1 / 40320
  sum = sum * square - 1 / 720
  sum = sum * square + 1 / 24
  sum = sum * square - 0.5
  sum = sum * square + 1
  return isUpper ? -sum : sum
}
