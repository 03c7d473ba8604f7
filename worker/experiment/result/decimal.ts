/**
 * Float32 values as decimals.
 */

const smallestNormal = 2 ** -126

/**
 * The number whose decimal spelling is the shortest that rounds to the same float32; null where there is none.
 *
 * `JSON.stringify(Math.fround(0.1))` is 0.10000000149011612; of `shortest(Math.fround(0.1))` it is 0.1.
 * Nine digits identify any float32. Where 6 or fewer do, the nearest decimal of 6 digits is that one (but for subnormal
 * values, which are further apart).
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

/** From here on a float is spelled with an exponent: readers take a long row of digits for a whole number, which wraps. */
const exponentFrom = 1e15

/**
 * A float as the text of a table, always with a point or an exponent, so that no reader takes a column of floats for
 * whole numbers because of what happens to be in it; empty where there is none.
 */
export function floatText(value: number | null): string {
  if (value === null) return ''
  if (Math.abs(value) >= exponentFrom) return value.toExponential()
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/**
 * The power of ten that moves 6 digits of a value before the point, for values of the usual sizes; 0 for others.
 *
 * There arithmetic does what texts do, 20 times as fast: a float32 (24 bits) times a power of ten up to 1e10 (24 bits
 * but for its factors of 2) is exact in a double, so it is rounded as its decimal spelling would be, and the quotient
 * is the double that is nearest to that decimal.
 */
function commonScale(value: number): number {
  if (value >= 10 || value < 0.01) return 0
  if (value >= 1) return 1e5
  return value >= 0.1 ? 1e6 : 1e7
}
