/**
 * Statistics of small samples, computed in float64 and in the order of the values, so that they are the same on every
 * host.
 */

/** The mean; NaN if there are no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return sum / values.length
}

/** The sample standard deviation (n − 1); NaN for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number {
  return values.length > 1 ? Math.sqrt(sumOfSquares(values) / (values.length - 1)) : NaN
}

/** The sum of squared deviations from the mean. */
export function sumOfSquares(values: readonly number[]): number {
  const center = mean(values)
  return values.reduce((sum, value) => sum + (value - center) * (value - center), 0)
}

/**
 * A quantile of sorted values with linear interpolation, which is NumPy's default. Infinite neighbors give infinity.
 *
 * @param sorted ascending
 * @param fraction 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
  const position = (sorted.length - 1) * fraction
  const below = sorted[Math.floor(position)] ?? NaN
  const above = sorted[Math.ceil(position)] ?? NaN
  return below === above ? below : below + (above - below) * (position % 1)
}

/**
 * The standard deviation of values around a level that may move, from the changes between successive values: their root
 * mean square divided by √2. Averaged over all orders of the same values, its square equals the square of the sample
 * standard deviation. A steady slope, which the sample standard deviation counts as spread, adds at most one step of
 * the slope over √2.
 *
 * von Neumann, Kent, Bellinson & Hart (1941), The mean square successive difference, Annals of Mathematical Statistics
 * 12(2).
 *
 * @param values two or more, in their order
 */
export function successiveDeviation(values: readonly number[]): number {
  let sum = 0
  for (let index = 1; index < values.length; index++) {
    const change = values[index]! - values[index - 1]!
    sum += change * change
  }
  return Math.sqrt(sum / (values.length - 1) / 2)
}

/**
 * How much the least-squares line through equally spaced values rises from the first value to the last.
 *
 * @param values two or more, in their order
 */
export function riseOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const center = mean(values)
  let along = 0
  let across = 0
  values.forEach((value, index) => {
    along += (index - middle) * (value - center)
    across += (index - middle) * (index - middle)
  })
  return (along / across) * (values.length - 1)
}

/**
 * The standard error of {@link riseOf} if the values do not drift: that of a slope, σ / √Σ(i − middle)², times the
 * distance from the first value to the last.
 *
 * @param count the number of values
 * @param deviation their standard deviation, assuming independence
 */
export function riseError(count: number, deviation: number): number {
  return deviation * Math.sqrt((12 * (count - 1)) / (count * (count + 1)))
}
