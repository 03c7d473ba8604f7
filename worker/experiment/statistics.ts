/**
 * Statistics of small samples, in float64, in the order given, so that they are the same everywhere.
 */

/** The mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return sum / values.length
}

/** The population standard deviation (n). */
export function populationDeviation(values: readonly number[]): number {
  return Math.sqrt(squares(values) / values.length)
}

/** The sample standard deviation (n − 1); NaN of fewer than two. */
export function sampleDeviation(values: readonly number[]): number {
  return values.length > 1 ? Math.sqrt(squares(values) / (values.length - 1)) : NaN
}

/** The sum of squared distances from the mean. */
function squares(values: readonly number[]): number {
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
 * The least-squares line through equally spaced values: how much it rises from the first to the last of them, and
 * the population standard deviation of the values around it.
 */
export function trend(values: readonly number[]): { rise: number; spread: number } {
  const middle = (values.length - 1) / 2
  const center = mean(values)
  let along = 0
  let across = 0
  values.forEach((value, index) => {
    along += (index - middle) * (value - center)
    across += (index - middle) * (index - middle)
  })
  const slope = along / across
  const residuals = values.map((value, index) => value - center - slope * (index - middle))
  return { rise: slope * (values.length - 1), spread: populationDeviation(residuals) }
}
