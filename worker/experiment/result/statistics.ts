/**
 * Statistics of small samples, in float64, in the order given, so that they are the same everywhere.
 */

/** The mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return sum / values.length
}

/** The sample standard deviation (n − 1); NaN of fewer than two. */
export function sampleDeviation(values: readonly number[]): number {
  return values.length > 1 ? Math.sqrt(squares(values) / (values.length - 1)) : NaN
}

/** The sum of squared distances from the mean. */
export function squares(values: readonly number[]): number {
  const center = mean(values)
  return values.reduce((sum, value) => sum + (value - center) * (value - center), 0)
}

/**
 * A quantile of sorted values, linear between neighbors: numpy's default. Infinite neighbors give infinity.
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
 * The standard deviation of values around a level that may move, from the change of each to the next: the root mean
 * square of the changes, over √2. Over all orders of the same values its square is, on average, the square of the sample
 * standard deviation; a steady slope, which the latter takes for spread, adds no more than a step of it over √2.
 *
 * von Neumann, Kent, Bellinson & Hart (1941), The mean square successive difference, Annals of Mathematical
 * Statistics 12(2).
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
 * How much the least-squares line through equally spaced values rises from the first to the last of them.
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
 * The standard error that {@link riseOf} has where the values do not drift: a slope's, σ / √Σ(i − middle)², times the
 * distance from the first value to the last.
 *
 * @param count how many values
 * @param deviation their standard deviation, independent of each other
 */
export function riseError(count: number, deviation: number): number {
  return deviation * Math.sqrt((12 * (count - 1)) / (count * (count + 1)))
}
