/**
 * The details of a single update: the examples of its batch, their gradients, and the parameters and losses before and
 * after it.
 */
import type { Split } from '#datasets/split.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phaseAt } from '#experiment/spec/training-size.ts'

import { gradientPlane, type PlanePoint } from '../gradient-plane.ts'
import { exampleGradients, lossesAt, meanGradient, pickRows, type Losses } from './gradients.ts'
import type { FusedNetwork } from './network.ts'

/** An update. B = examples of the batch, for the first n of which gradients are given; W = parameters. */
export interface Step {
  /** The indices [B] of the batch's rows in the dataset, in the order of use. */
  rows: Uint32Array<ArrayBuffer>
  /** All parameters [W] before and after the update: by layer, weights [in][out] and biases [out]. */
  before: Float32Array<ArrayBuffer>
  after: Float32Array<ArrayBuffer>
  /**
   * The gradient of each example, [n][W]. In a large network, n is limited so that there are at most a million values.
   */
  exampleGradients: Float32Array<ArrayBuffer>
  /** The batch's gradient [W], which is the mean of its examples' gradients. */
  batchGradient: Float32Array<ArrayBuffer>
  /** The gradient of all training rows [W]. */
  fullGradient: Float32Array<ArrayBuffer>
  /** The mean losses before and after the update, with the parameters themselves and not their average. */
  losses: Record<'before' | 'after', Losses>
  /** The same vectors projected to the plane of `gradient-plane.ts`. */
  plane: {
    examples: PlanePoint[]
    batch: PlanePoint
    /**
     * The change of the parameters, before minus after, since gradients point uphill. Without momentum it points along
     * the batch's gradient and its length is set by the learning rate.
     */
    change: PlanePoint
  }
}

/** The most values in the examples' gradients. */
const mostValues = 1e6

/**
 * Makes the next update of a run and describes it; null after the last.
 *
 * @param network the run
 * @param step how many updates of the epoch have been made
 */
export function takeStep(spec: ExperimentSpec, { train }: Split, network: FusedNetwork, step: number): Step | null {
  if (network.epochs === spec.epochs) return null
  const { rows: size, steps } = phaseAt(spec, network.epochs)
  const start = (step % steps) * size
  const layers = network.parameters
  const before = network.flatParameters
  network.advance(1)
  const after = network.flatParameters
  const layersAfter = network.parameters
  const rows = network.order.slice(start, start + size)
  const batch = pickRows(train, rows)
  const count = Math.max(1, Math.floor(mostValues / before.length))
  const gradients = exampleGradients(spec, layers, pickRows(train, rows.subarray(0, count)))
  const examples = Array.from({ length: gradients.length / before.length }, (_, row) =>
    gradients.subarray(row * before.length, (row + 1) * before.length),
  )
  const batchGradient = meanGradient(spec, layers, batch)
  const fullGradient = meanGradient(spec, layers, train)
  const project = gradientPlane(fullGradient, examples)
  return {
    rows,
    before,
    after,
    exampleGradients: gradients,
    batchGradient,
    fullGradient,
    losses: { before: lossesAt(spec, layers, batch, train), after: lossesAt(spec, layersAfter, batch, train) },
    plane: {
      examples: examples.map(project),
      batch: project(batchGradient),
      change: project(before.map((value, index) => value - after[index]!)),
    },
  }
}
