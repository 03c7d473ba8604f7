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
  const fewest = Math.abs(float32) < smallestNormal ? 1 : 6
  for (let digits = fewest; digits < 9; digits++) {
    const decimal = Number(float32.toPrecision(digits))
    if (Math.fround(decimal) === float32) return decimal
  }
  return Number(float32.toPrecision(9))
}
