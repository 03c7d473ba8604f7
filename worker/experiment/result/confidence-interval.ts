/**
 * Means, differences and ratios of small samples with their 95 % confidence intervals. Only arithmetic and square roots
 * are used, so that the results are the same on every host.
 */
import { mean, sampleDeviation, sumOfSquares } from './statistics.ts'

/** An estimate and the bounds of its 95 % confidence interval; NaN if there is none. */
export interface Interval {
  value: number
  low: number
  high: number
}

/** The fewest values from which an interval is given: fewer do not estimate their own spread well enough. */
export const fewestForInterval = 5
/** The 97.5 % quantile of the normal distribution. */
const normal = 1.959963984540054
/**
 * The terms of the expansion, divided by {@link normal}: the coefficients of a polynomial in its square, highest power
 * first, and a divisor.
 */
const expansion: [coefficients: number[], divisor: number][] = [
  [[1], 1],
  [[1, 1], 4],
  [[5, 16, 3], 96],
  [[3, 19, 17, -15], 384],
  [[79, 776, 1482, -1920, -945], 92160],
]

/** Evaluates a polynomial at x by Horner's rule, with the coefficient of the highest power first. */
const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)

/**
 * The 97.5 % quantile of Student's t distribution, by the expansion in 1 / degrees of freedom of Abramowitz & Stegun
 * (1964), Handbook of Mathematical Functions, 26.7.5. It is too small by a relative 4e-4 at 4 degrees of freedom, by
 * 2e-5 at 8, and by less beyond.
 */
export function studentQuantile(degrees: number): number {
  const terms = expansion.map(([coefficients, divisor]) => polynomial(coefficients, normal * normal) / divisor)
  return normal * polynomial(terms.reverse(), 1 / degrees)
}

/** The mean of values with its interval by Student's t distribution; there is no interval for fewer than 5 values. */
export function meanInterval(values: readonly number[]): Interval {
  const value = mean(values)
  if (values.length < fewestForInterval) return { value, low: NaN, high: NaN }
  const half = (studentQuantile(values.length - 1) * sampleDeviation(values)) / Math.sqrt(values.length)
  return { value, low: value - half, high: value + half }
}

/**
 * The difference of two means, the first minus the second, with its interval by Student's t distribution and the pooled
 * spread of both samples. This assumes that both samples have the same spread, as they do under the hypothesis that
 * they follow the same distribution; an interval without 0 is evidence against that hypothesis, and nothing more. One
 * sample may be as small as a single value if the other is larger.
 *
 * @returns NaN for the interval if both together have fewer than 6 values, or one has none
 */
export function differenceInterval(some: readonly number[], others: readonly number[]): Interval {
  const value = mean(some) - mean(others)
  const degrees = some.length + others.length - 2
  if (degrees < fewestForInterval - 1) return { value, low: NaN, high: NaN }
  const pooled = Math.sqrt((sumOfSquares(some) + sumOfSquares(others)) / degrees)
  const half = studentQuantile(degrees) * pooled * Math.sqrt(1 / some.length + 1 / others.length)
  return { value, low: value - half, high: value + half }
}

/**
 * The ratio of the means of paired, non-negative values, with its interval by Fieller's theorem: the ratios ρ at which
 * the mean of `above − ρ · below` does not differ from 0 in a paired t test. The interval contains 1 exactly if that of
 * the paired difference contains 0, and no logarithm is needed, which a value of 0 would not have.
 *
 * Fieller (1954), Some problems in interval estimation, Journal of the Royal Statistical Society B 16(2).
 *
 * @returns NaN for the ratio if the mean of `below` is 0; NaN for the interval if there are fewer than 5 pairs, or the
 *   mean of `below` does not differ from 0 enough to bound it
 */
export function ratioInterval(above: readonly number[], below: readonly number[]): Interval {
  const [a, b] = [mean(above), mean(below)]
  const pairs = above.length
  const none = { value: b > 0 ? a / b : NaN, low: NaN, high: NaN }
  if (pairs < fewestForInterval) return none
  // t² times the estimated covariance of two means, which Fieller's theorem subtracts from their product.
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
