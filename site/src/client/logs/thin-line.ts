/**
 * A line of any number of points, thinned to what a drawing can show: in each column of pixels its first, least, largest
 * and last value, in their order. The line covers the same pixels as all points would, so noise is not smoothed away.
 */

/** Values and their positions across; null where the line is interrupted. */
export interface ThinLine {
  across: number[]
  values: (number | null)[]
}

/**
 * @param across ascending positions, in pixels
 * @param values of the same length; the line is interrupted where one is not finite
 */
export function thinLine(across: ArrayLike<number>, values: ArrayLike<number>): ThinLine {
  const line: ThinLine = { across: [], values: [] }
  const put = (index: number) => {
    line.across.push(across[index]!)
    line.values.push(values[index]!)
  }
  let start = 0
  while (start < values.length) {
    if (!Number.isFinite(values[start])) {
      if (line.values.length > 0 && line.values.at(-1) !== null) {
        line.across.push(across[start]!)
        line.values.push(null)
      }
      start++
      continue
    }
    const pixel = Math.floor(across[start]!)
    let [end, least, most] = [start, start, start]
    while (end + 1 < values.length && Number.isFinite(values[end + 1]) && Math.floor(across[end + 1]!) === pixel) {
      end++
      if (values[end]! < values[least]!) least = end
      if (values[end]! > values[most]!) most = end
    }
    for (const index of new Set([start, Math.min(least, most), Math.max(least, most), end])) put(index)
    start = end + 1
  }
  return line
}
