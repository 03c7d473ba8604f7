/**
 * Float32 values as decimals.
 */

/**
 * The number whose decimal spelling is the shortest that rounds to the same float32; null where there is none.
 *
 * `JSON.stringify(Math.fround(0.1))` is 0.10000000149011612; of `shortest(Math.fround(0.1))` it is 0.1.
 * Nine digits identify any float32. The nearest decimal of 6 digits is the value's own wherever it has 6 or fewer.
 */
export function shortest(float32: number): number | null {
  if (!Number.isFinite(float32)) return null
  if (Number.isInteger(float32)) return float32
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(float32.toPrecision(digits))
    if (Math.fround(decimal) === float32) return decimal
  }
  return Number(float32.toPrecision(9))
}
