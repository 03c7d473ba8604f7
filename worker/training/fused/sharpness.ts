/**
 * Sharpness: the largest eigenvalue of the Hessian of the loss over all training rows, by power iteration. A
 * Hessian-vector product is approximated by the difference of two gradients, which the kernel computes.
 *
 * Dimension letter: W = parameters.
 */
import { splitOf } from '#datasets/split.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { updatesAfter } from '#experiment/spec/training-size.ts'

import type { Layer } from '../initializers.ts'
import { meanGradient } from './gradients.ts'
import { FusedNetwork } from './network.ts'

/**
 * The distance from the parameters to each of the two points at which gradients are taken: small enough that the loss
 * is nearly quadratic, large enough that the gradients differ in float32.
 */
const distance = 2e-3
const iterations = 60

/** The sharpness at the parameters of a spec's first run after some of its epochs. */
export function sharpnessAfter(given: PartialSpec, epochs: number): number {
  const spec = completeSpec(given)
  const network = new FusedNetwork(spec, splitOf(spec))
  try {
    network.begin(spec.seed)
    network.advance(updatesAfter(spec, epochs))
    return sharpness(spec, network.parameters)
  } finally {
    network.dispose()
  }
}

function sharpness(spec: ExperimentSpec, layers: readonly Layer[]): number {
  const { train } = splitOf(spec)
  const gradientAt = (along: Float64Array, step: number) => meanGradient(spec, moved(layers, along, step), train)
  // The gradient is a good start, since it lies largely along the steepest direction.
  let axis = normalize(Float64Array.from(meanGradient(spec, layers, train)))
  let eigenvalue = 0
  for (let iteration = 0; iteration < iterations; iteration++) {
    const [ahead, behind] = [gradientAt(axis, distance), gradientAt(axis, -distance)]
    const product = axis.map((_, index) => (ahead[index]! - behind[index]!) / (2 * distance))
    eigenvalue = product.reduce((sum, value, index) => sum + value * axis[index]!, 0)
    axis = normalize(product)
  }
  return eigenvalue
}

/** Parameters moved by a step along a unit vector [W]. */
function moved(layers: readonly Layer[], along: Float64Array, step: number): Layer[] {
  let at = 0
  const move = (values: Float32Array) => values.map((value) => value + step * along[at++]!)
  return layers.map(({ weights, biases }) => ({ weights: move(weights), biases: move(biases) }))
}

function normalize(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
