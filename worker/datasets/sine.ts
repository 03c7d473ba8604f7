/**
 * Sine and cosine of angles from 0 to 2π, within one unit in the last place of 1, with the same bits on every host,
 * which `Math.sin` and `Math.cos` do not guarantee.
 *
 * The angle is reduced to ±π/4 by whole quarter turns, where minimax polynomials are used.
 * Source of the coefficients: Sun's fdlibm, `k_sin.c` and `k_cos.c`.
 */

/** π/2 = high + low, to 106 bits. */
const quarter = { high: 1.5707963267948966, low: 6.123233995736766e-17 }

const sineTerms = [
  -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6,
  -2.50507602534068634195e-8, 1.58969099521155010221e-10,
]
const cosineTerms = [
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
  2.0875723212981748279e-9, -1.13596475577881948265e-11,
]

/** Sine of an angle in radians, from 0 to 2π. */
export function sine(angle: number): number {
  const { turns, rest } = reduce(angle)
  const value = turns % 2 ? cosineNearZero(rest) : sineNearZero(rest)
  return turns % 4 > 1 ? -value : value
}

/** Cosine of an angle in radians, from 0 to 2π. */
export function cosineOfTurn(angle: number): number {
  const { turns, rest } = reduce(angle)
  const value = turns % 2 ? sineNearZero(rest) : cosineNearZero(rest)
  return (turns + 1) % 4 > 1 ? -value : value
}

/** Reduces an angle to turns·π/2 + rest, with the rest within ±π/4. */
function reduce(angle: number): { turns: number; rest: number } {
  const turns = Math.round(angle / quarter.high)
  return { turns, rest: angle - turns * quarter.high - turns * quarter.low }
}

const polynomial = (terms: readonly number[], x: number) => terms.reduceRight((sum, term) => sum * x + term, 0)

function sineNearZero(x: number): number {
  return x + x * x * x * polynomial(sineTerms, x * x)
}

function cosineNearZero(x: number): number {
  const square = x * x
  return 1 - square / 2 + square * square * polynomial(cosineTerms, square)
}
