/**
 * Sine and cosine of finite angles, within one unit in the last place of 1, with the same bits on every host, which
 * `Math.sin` and `Math.cos` do not guarantee.
 *
 * The angle is reduced to ±π/4 by whole quarter turns, where minimax polynomials are used. Up to a full turn π/2 is
 * subtracted in two parts. Up to 2²⁰ quarter turns it is subtracted in three parts, of which the first has so few bits that its
 * multiples are exact (Cody & Waite, "Software manual for the elementary functions", 1980). Larger angles are whole
 * multiples of a power of two, and are reduced in whole numbers by as many digits of π as they have.
 *
 * Source of the coefficients: Sun's fdlibm, `k_sin.c`, `k_cos.c` and `e_rem_pio2.c`.
 */

/** π/2 = high + low, to 106 bits. */
const quarter = { high: 1.5707963267948966, low: 6.123233995736766e-17 }
/** π/2 = first + second + third, of which the first two have 33 bits each. */
const parts = { first: 1.57079632673412561417, second: 6.0771005063039659766e-11, third: 2.02226624879595063154e-21 }

const fullTurn = 2 * Math.PI
/** The most quarter turns of which the multiples of 33 bits are exact. */
const mostTurns = 2 ** 20

const sineTerms = [
  -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6,
  -2.50507602534068634195e-8, 1.58969099521155010221e-10,
]
const cosineTerms = [
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
  2.0875723212981748279e-9, -1.13596475577881948265e-11,
]

/** Sine of a finite angle in radians. */
export function sine(angle: number): number {
  if (angle < 0) return -sine(-angle)
  const { turns, rest } = reduce(angle)
  const value = turns % 2 ? cosineNearZero(rest) : sineNearZero(rest)
  return turns % 4 > 1 ? -value : value
}

/** Cosine of a finite angle in radians that is not negative. */
export function cosineOfTurn(angle: number): number {
  const { turns, rest } = reduce(angle)
  const value = turns % 2 ? sineNearZero(rest) : cosineNearZero(rest)
  return (turns + 1) % 4 > 1 ? -value : value
}

/** Reduces an angle to turns·π/2 + rest, with the rest within ±π/4. */
function reduce(angle: number): { turns: number; rest: number } {
  const turns = Math.round(angle / quarter.high)
  if (angle <= fullTurn) return { turns, rest: angle - turns * quarter.high - turns * quarter.low }
  if (turns <= mostTurns)
    return { turns, rest: angle - turns * parts.first - turns * parts.second - turns * parts.third }
  return reduceExactly(angle)
}

/** Binary places of π/2: the binary places of the largest angle before the point, and 128 more for the rest. */
const places = 1152n
/** A float64 above 2²⁰ quarter turns is a whole multiple of 2⁻³³. */
const fineness = 33

/** Reduces a large angle in whole numbers. */
function reduceExactly(angle: number): { turns: number; rest: number } {
  // The multiplication is exact, and for angles above 2^53, which are whole, it is not needed.
  const whole = angle < 2 ** 53 ? BigInt(angle * 2 ** fineness) << (places - BigInt(fineness)) : BigInt(angle) << places
  halfPi ??= arctangentSum()
  const turns = (2n * whole + halfPi) / (2n * halfPi)
  const rest = whole - turns * halfPi
  // Numbers of more than 1024 bits are no float64; the lowest 64 bits of the rest do not count.
  return { turns: Number(turns % 4n), rest: Number(rest >> 192n) / 2 ** Number(places - 192n) }
}

let halfPi: bigint | undefined

/** π/2 in units of 2^−places, by Machin's formula: π/4 = 4·arctan(1/5) − arctan(1/239). */
function arctangentSum(): bigint {
  const guard = 16n
  const arctangent = (inverse: bigint) => {
    let power = (1n << (places + guard)) / inverse
    let sum = power
    for (let odd = 3n; power !== 0n; odd += 2n) {
      power = -power / (inverse * inverse)
      sum += power / odd
    }
    return sum
  }
  return (2n * (4n * arctangent(5n) - arctangent(239n))) >> guard
}

const polynomial = (terms: readonly number[], x: number) => terms.reduceRight((sum, term) => sum * x + term, 0)

function sineNearZero(x: number): number {
  return x + x * x * x * polynomial(sineTerms, x * x)
}

function cosineNearZero(x: number): number {
  const square = x * x
  return 1 - square / 2 + square * square * polynomial(cosineTerms, square)
}
