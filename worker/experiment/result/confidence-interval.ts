/**
 * Means of small samples with their 95 % intervals, and ratios of such means. Nothing but arithmetic and square roots,
 * so that they are the same everywhere.
 */
import { mean, sampleDeviation, squares } from './statistics.ts'

/** An estimate and the ends of its 95 % interval; NaN where there is none. */
export interface Interval {
  value: number
  low: number
  high: number
}

/** Fewer values than this say too little of their own spread for an interval. */
export const fewestForInterval = 5
/** The 97.5 % quantile of the normal distribution. */
const normal = 1.959963984540054
/** The expansion's terms, divided by {@link normal}: coefficients of its square, the highest power first, over a divisor. */
const expansion: [coefficients: number[], divisor: number][] = [
  [[1], 1],
  [[1, 1], 4],
  [[5, 16, 3], 96],
  [[3, 19, 17, -15], 384],
  [[79, 776, 1482, -1920, -945], 92160],
]

/** A polynomial at x, by Horner's rule; the coefficient of the highest power first. */
const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)

/**
 * The 97.5 % quantile of Student's t distribution, by the expansion in 1 / degrees of Abramowitz & Stegun (1964),
 * Handbook of Mathematical Functions, 26.7.5: too small by 4e-4 of it at 4 degrees of freedom, by 2e-5 at 8, and less beyond.
 */
export function studentQuantile(degrees: number): number {
  const terms = expansion.map(([coefficients, divisor]) => polynomial(coefficients, normal * normal) / divisor)
  return normal * polynomial(terms.reverse(), 1 / degrees)
}

/** The mean of values with its interval, by Student's t distribution; no interval under 5 values. */
export function meanInterval(values: readonly number[]): Interval {
  const value = mean(values)
  if (values.length < fewestForInterval) return { value, low: NaN, high: NaN }
  const half = (studentQuantile(values.length - 1) * sampleDeviation(values)) / Math.sqrt(values.length)
  return { value, low: value - half, high: value + half }
}

/**
 * The difference of two means, the first minus the second, with its interval by Student's t distribution and the pooled
 * spread of both samples: the interval of samples that may follow one law, and so have one spread. It is all that it says:
 * one that does not hold 0 speaks against one law. One sample may be small where the other is not, down to one value.
 *
 * @returns NaN for the interval where both together have under 6 values, or one has none
 */
export function differenceInterval(some: readonly number[], others: readonly number[]): Interval {
  const value = mean(some) - mean(others)
  const degrees = some.length + others.length - 2
  if (degrees < fewestForInterval - 1) return { value, low: NaN, high: NaN }
  const pooled = Math.sqrt((squares(some) + squares(others)) / degrees)
  const half = studentQuantile(degrees) * pooled * Math.sqrt(1 / some.length + 1 / others.length)
  return { value, low: value - half, high: value + half }
}

/**
 * The ratio of the means of paired values, none negative, with its interval by Fieller's theorem: the ratios ρ at which
 * the mean of `above − ρ · below` does not differ from 0 in a paired t test. So it holds 1 exactly where the interval of
 * the paired difference holds 0, and it needs no logarithm, which a value of 0 would not have.
 *
 * Fieller (1954), Some problems in interval estimation, Journal of the Royal Statistical Society B 16(2).
 *
 * @returns NaN for the ratio where the mean below is 0, for the interval where there are under 5 pairs, or where the mean
 *   below does not differ from 0 enough to bound it
 */
export function ratioInterval(above: readonly number[], below: readonly number[]): Interval {
  const [a, b] = [mean(above), mean(below)]
  const pairs = above.length
  const none = { value: b > 0 ? a / b : NaN, low: NaN, high: NaN }
  if (pairs < fewestForInterval) return none
  // The square of t by the variance of a mean: what each product of means loses to chance.
  const share = studentQuantile(pairs - 1) ** 2 / (pairs * (pairs - 1))
  const chance = (x: readonly number[], y: readonly number[], xMean: number, yMean: number) =>
    share * x.reduce((sum, value, pair) => sum + (value - xMean) * (y[pair]! - yMean), 0)
  const square = b * b - chance(below, below, b, b)
  if (!(square > 0)) return none
  const half = a * b - chance(above, below, a, b)
  const rest = a * a - chance(above, above, a, a)
  const root = Math.sqrt(Math.max(0, half * half - square * rest))
  return { value: a / b, low: (half - root) / square, high: (half + root) / square }
}
