/** Decimal spellings of float32 values: the shortest one that reads back to the same bits, and its text in tables. */

const smallestNormal = 2 ** -126

/**
 * The number with the shortest decimal spelling that rounds to the same float32; null if the value is not finite.
 *
 * `JSON.stringify(Math.fround(0.1))` is 0.10000000149011612; that of `shortest(Math.fround(0.1))` is 0.1. Nine digits
 * identify any float32. If 6 or fewer do, the nearest 6-digit decimal is the one, except for subnormal values, which
 * are further apart.
 */
export function shortest(float32: number): number | null {
  if (!Number.isFinite(float32)) return null
  const scale = commonScale(float32)
  if (scale > 0)
    for (let power = scale; power <= 1000 * scale; power *= 10) {
      const decimal = Math.round(float32 * power) / power
      if (Math.fround(decimal) === float32) return decimal
    }
  const fewest = Math.abs(float32) < smallestNormal ? 1 : 6
  for (let digits = fewest; digits < 9; digits++) {
    const decimal = Number(float32.toPrecision(digits))
    if (Math.fround(decimal) === float32) return decimal
  }
  return Number(float32.toPrecision(9))
}

/**
 * The magnitude from which floats are written with an exponent: readers take a long row of digits for an integer, which
 * overflows.
 */
const exponentFrom = 1e15

/**
 * The text of a float in a table, always with a decimal point or an exponent, so that no reader infers an integer
 * column from the values that happen to be in it; empty for null.
 */
export function floatText(value: number | null): string {
  if (value === null) return ''
  if (Math.abs(value) >= exponentFrom) return value.toExponential()
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/**
 * The power of ten that moves 6 digits of a value before the decimal point, for values of the usual magnitudes; 0 for
 * others.
 *
 * Within these, arithmetic gives the same result as parsing decimal texts and is 20 times as fast: a float32 (24 bits)
 * times a power of ten up to 1e10 (24 bits apart from its factors of 2) is exact in a double. It is therefore rounded
 * as its decimal spelling would be, and the quotient is the double nearest to that decimal.
 */
function commonScale(value: number): number {
  if (value >= 10 || value < 0.01) return 0
  if (value >= 1) return 1e5
  return value >= 0.1 ? 1e6 : 1e7
}
