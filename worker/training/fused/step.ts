/**
 * One step in slow motion: the examples of its batch, what each of them asks for, and what the parameters become.
 */
import type { Split } from '#datasets/split.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phaseAt } from '#experiment/spec/training-size.ts'

import { gradientPlane, type PlanePoint } from '../gradient-plane.ts'
import { exampleGradients, meanGradient, pickRows } from './gradients.ts'
import type { FusedNetwork } from './network.ts'

/** A step. B = examples of the batch, of which the first n have their gradients; W = parameters. */
export interface Step {
  /** The rows of the dataset that make up the batch [B], in the order of use. */
  rows: Uint32Array<ArrayBuffer>
  /** All parameters before and after it [W]: layer by layer, weights [in][out] and biases [out]. */
  before: Float32Array<ArrayBuffer>
  after: Float32Array<ArrayBuffer>
  /** The gradient of each example [n][W]: of all, but in a large network not of more than a million values hold. */
  exampleGradients: Float32Array<ArrayBuffer>
  /** The batch's gradient [W], the mean of its examples'. */
  batchGradient: Float32Array<ArrayBuffer>
  /** The gradient of all training rows [W]. */
  fullGradient: Float32Array<ArrayBuffer>
  /** The same in the plane of a picture: see `gradient-plane.ts`. */
  plane: {
    examples: PlanePoint[]
    batch: PlanePoint
    /**
     * The step: before less after, as the gradients point uphill. Without momentum it lies on the way to the batch's
     * gradient, as far as the learning rate says.
     */
    change: PlanePoint
  }
}

/** The most values in the gradients of the examples. */
const mostValues = 1e6

/**
 * Takes the next step of a run, and describes it; null after the last.
 *
 * @param network the run
 * @param step how many of the epoch's steps are done
 */
export function takeStep(spec: ExperimentSpec, { train }: Split, network: FusedNetwork, step: number): Step | null {
  if (network.epochs === spec.epochs) return null
  const { rows: size, steps } = phaseAt(spec, network.epochs)
  const start = (step % steps) * size
  const layers = network.parameters
  const before = network.flatParameters
  network.advance(1)
  const after = network.flatParameters
  const rows = network.order.slice(start, start + size)
  const batch = pickRows(train, rows)
  const count = Math.max(1, Math.floor(mostValues / before.length))
  const gradients = exampleGradients(spec, layers, pickRows(train, rows.subarray(0, count)))
  const examples = Array.from({ length: gradients.length / before.length }, (_, row) =>
    gradients.subarray(row * before.length, (row + 1) * before.length),
  )
  const batchGradient = meanGradient(spec, layers, batch)
  const fullGradient = meanGradient(spec, layers, train)
  const place = gradientPlane(fullGradient, examples)
  return {
    rows,
    before,
    after,
    exampleGradients: gradients,
    batchGradient,
    fullGradient,
    plane: {
      examples: examples.map(place),
      batch: place(batchGradient),
      change: place(before.map((value, index) => value - after[index]!)),
    },
  }
}
