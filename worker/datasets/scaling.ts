/**
 * Standardization: each feature minus its mean over its standard deviation, both of the training examples, as
 * scikit-learn's `StandardScaler` computes them. Everything is float64, summed row by row as `numpy.mean(axis=0)` and
 * `numpy.std(axis=0)` do.
 */
import type { Points } from './points.ts'

/** The mean and the population standard deviation of each feature, [features]. */
export interface Moments {
  means: Float64Array<ArrayBuffer>
  /** A constant feature has 1 here: it is only centered. */
  deviations: Float64Array<ArrayBuffer>
}

/** The moments of the first `rows` examples. */
export function momentsOf({ coordinates, labels }: Points, rows: number): Moments {
  const features = coordinates.length / labels.length
  const meanOf = (valueOf: (value: number, feature: number) => number) => {
    const sums = new Float64Array(features)
    for (let at = 0; at < rows * features; at++) sums[at % features]! += valueOf(coordinates[at]!, at % features)
    return sums.map((sum) => sum / rows)
  }
  const means = meanOf((value) => value)
  const variances = meanOf((value, feature) => (value - means[feature]!) * (value - means[feature]!))
  const isConstant = (feature: number) => {
    for (let row = 1; row < rows; row++)
      if (coordinates[row * features + feature] !== coordinates[feature]) return false
    return true
  }
  return { means, deviations: variances.map((variance, feature) => (isConstant(feature) ? 1 : Math.sqrt(variance))) }
}

/** The scaled values of coordinates [n][features]. */
export function scaled(coordinates: Float64Array, { means, deviations }: Moments): Float64Array<ArrayBuffer> {
  const features = means.length
  return Float64Array.from(coordinates, (value, at) => (value - means[at % features]!) / deviations[at % features]!)
}
