/** The tutorial's network in plain JavaScript: loops over typed arrays, as one would write them without thinking twice. */
import type { Rows, Split } from '#datasets/split.ts'
import type { Layer } from '#training/initializers.ts'

const classes = 3

/** A network that trains an epoch at a time. */
export function plainNetwork({ train, test }: Split, initial: Layer[], rate: number, momentum: number) {
  const [hidden, output] = initial as [Layer, Layer]
  const units = hidden.biases.length
  const parameters = [
    hidden.weights.slice(),
    hidden.biases.slice(),
    output.weights.slice(),
    output.biases.slice(),
  ] as const
  const velocities = parameters.map((values) => new Float32Array(values.length))
  const gradients = parameters.map((values) => new Float32Array(values.length))
  const [w1, b1, w2, b2] = parameters
  const a = new Float32Array(units)
  const z = new Float32Array(classes)

  /** Forward through one row; leaves its probabilities in `z`, and returns its loss. */
  const forward = (rows: Rows, row: number): number => {
    const x = rows.inputs[2 * row]!
    const y = rows.inputs[2 * row + 1]!
    z.set(b2)
    for (let unit = 0; unit < units; unit++) {
      const sum = x * w1[unit]! + y * w1[units + unit]! + b1[unit]!
      a[unit] = sum > 0 ? sum : 0
      for (let c = 0; c < classes; c++) z[c]! += a[unit]! * w2[unit * classes + c]!
    }
    const largest = Math.max(z[0]!, z[1]!, z[2]!)
    const own = z[rows.labels[row]!]!
    let sum = 0
    for (let c = 0; c < classes; c++) sum += z[c] = Math.exp(z[c]! - largest)
    for (let c = 0; c < classes; c++) z[c]! /= sum
    return Math.log(sum) - (own - largest)
  }

  const backward = (rows: Rows, row: number, scale: number): void => {
    const [gw1, gb1, gw2, gb2] = gradients as [Float32Array, Float32Array, Float32Array, Float32Array]
    z[rows.labels[row]!]! -= 1
    for (let c = 0; c < classes; c++) gb2[c]! += z[c]! *= scale
    for (let unit = 0; unit < units; unit++) {
      if (a[unit] === 0) continue
      let delta = 0
      for (let c = 0; c < classes; c++) {
        gw2[unit * classes + c]! += a[unit]! * z[c]!
        delta += w2[unit * classes + c]! * z[c]!
      }
      gw1[unit]! += delta * rows.inputs[2 * row]!
      gw1[units + unit]! += delta * rows.inputs[2 * row + 1]!
      gb1[unit]! += delta
    }
  }

  const update = (): void =>
    parameters.forEach((values, index) => {
      const velocity = velocities[index]!
      const gradient = gradients[index]!
      for (let i = 0; i < values.length; i++) {
        velocity[i] = momentum * velocity[i]! - rate * gradient[i]!
        values[i]! += velocity[i]!
      }
      gradient.fill(0)
    })

  const evaluate = (rows: Rows): number[] => {
    let loss = 0
    let hits = 0
    for (let row = 0; row < rows.count; row++) {
      loss += forward(rows, row)
      if (z.indexOf(Math.max(z[0]!, z[1]!, z[2]!)) === rows.labels[row]) hits++
    }
    return [loss / rows.count, hits / rows.count]
  }

  return function epoch(order: Uint32Array, batchSize: number): void {
    for (let start = 0; start < train.count; start += batchSize) {
      const batch = order.subarray(start, start + batchSize)
      for (const row of batch) {
        forward(train, row)
        backward(train, row, 1 / batch.length)
      }
      update()
    }
    evaluate(train)
    evaluate(test)
  }
}
