/**
 * How steep the loss of a network with one hidden layer of ReLU curves where it curves most: the largest eigenvalue of
 * its Hessian, by plain float64 and nothing of the kernel's.
 *
 * Dimension letters: N = rows, H = hidden units, C = classes, W = parameters.
 */
import type { Rows } from '#datasets/split.ts'
import type { Layer } from '#training/initializers.ts'

/** Between the two gradients of a difference. */
const step = 1e-6
const rounds = 25

/** The gradient [W] of the mean cross-entropy: weights [2][H], biases [H], weights [H][C], biases [C]. */
function gradientAt(w: Float64Array, { inputs, labels, count }: Rows, hidden: number, classes: number): Float64Array {
  const [bias, out, outBias] = [2 * hidden, 3 * hidden, 3 * hidden + hidden * classes]
  const gradient = new Float64Array(w.length)
  const units = new Float64Array(hidden)
  const errors = new Float64Array(classes)
  for (let row = 0; row < count; row++) {
    const x = inputs[2 * row]!
    const y = inputs[2 * row + 1]!
    for (let c = 0; c < classes; c++) errors[c] = w[outBias + c]!
    for (let h = 0; h < hidden; h++) {
      const unit = Math.max(0, x * w[h]! + y * w[hidden + h]! + w[bias + h]!)
      units[h] = unit
      for (let c = 0; c < classes; c++) errors[c]! += unit * w[out + h * classes + c]!
    }
    let all = 0
    for (let c = 0; c < classes; c++) all += errors[c] = Math.exp(errors[c]!)
    for (let c = 0; c < classes; c++) {
      errors[c] = (errors[c]! / all - (c === labels[row] ? 1 : 0)) / count
      gradient[outBias + c]! += errors[c]!
    }
    for (let h = 0; h < hidden; h++) {
      if (units[h] === 0) continue
      let back = 0
      for (let c = 0; c < classes; c++) {
        gradient[out + h * classes + c]! += units[h]! * errors[c]!
        back += errors[c]! * w[out + h * classes + c]!
      }
      gradient[h]! += back * x
      gradient[hidden + h]! += back * y
      gradient[bias + h]! += back
    }
  }
  return gradient
}

/** The largest eigenvalue, by power iteration. */
export function curvatureOf(layers: readonly Layer[], rows: Rows): number {
  const [inner, outer] = layers as [Layer, Layer]
  const parameters = Float64Array.from(layers.flatMap(({ weights, biases }) => [...weights, ...biases]))
  const gradient = (along: Float64Array, by: number) =>
    gradientAt(
      parameters.map((value, index) => value + by * along[index]!),
      rows,
      inner.biases.length,
      outer.biases.length,
    )
  let axis = gradient(parameters, 0)
  let eigenvalue = 0
  for (let round = 0; round < rounds; round++) {
    const length = Math.hypot(...axis)
    const unit = axis.map((value) => value / length)
    const [ahead, behind] = [gradient(unit, step), gradient(unit, -step)]
    axis = ahead.map((value, index) => (value - behind[index]!) / (2 * step))
    eigenvalue = axis.reduce((sum, value, index) => sum + value * unit[index]!, 0)
  }
  return eigenvalue
}
