/**
 * How steep the loss curves where it curves most: the largest eigenvalue of its Hessian over all training rows, by power
 * iteration. A product with the Hessian is a difference of two gradients, which the kernel computes.
 *
 * W = parameters
 */
import { splitOf } from '#datasets/split.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { updatesAfter } from '#experiment/spec/training-size.ts'

import type { Layer } from '../initializers.ts'
import { meanGradient } from './gradients.ts'
import { FusedNetwork } from './network.ts'

/** How far the two gradients lie apart: so little that the loss is a parabola, so much that float32 tells them apart. */
const distance = 2e-3
const rounds = 60

/** The largest eigenvalue at the parameters of a spec's first run after some of its epochs. */
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
  // The gradient itself lies much along the steepest direction.
  let axis = unit(Float64Array.from(meanGradient(spec, layers, train)))
  let eigenvalue = 0
  for (let round = 0; round < rounds; round++) {
    const [ahead, behind] = [gradientAt(axis, distance), gradientAt(axis, -distance)]
    const product = axis.map((_, index) => (ahead[index]! - behind[index]!) / (2 * distance))
    eigenvalue = product.reduce((sum, value, index) => sum + value * axis[index]!, 0)
    axis = unit(product)
  }
  return eigenvalue
}

/** Parameters that are moved by a step along a unit vector [W]. */
function moved(layers: readonly Layer[], along: Float64Array, step: number): Layer[] {
  let at = 0
  const move = (values: Float32Array) => values.map((value) => value + step * along[at++]!)
  return layers.map(({ weights, biases }) => ({ weights: move(weights), biases: move(biases) }))
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
