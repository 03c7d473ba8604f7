/**
 * Gradients of the loss, by the kernel. A step with momentum 0 moves the parameters against the gradient, so one with a
 * very large learning rate tells it: the parameters themselves are lost beside the change, and with them the rounding.
 *
 * Dimension letters: N = rows, W = parameters.
 */
import type { Rows } from '#dataset/split.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import type { Layer } from '../initializers.ts'
import { FusedNetwork } from './network.ts'

/** A power of two: to multiply by it and to divide by it again rounds nothing. */
const rate = 2 ** 20

/** The mean gradient [W] of some rows, at some parameters. */
export function meanGradient(spec: ExperimentSpec, layers: readonly Layer[], rows: Rows): Float32Array<ArrayBuffer> {
  return withNetwork(spec, layers, rows, (gradient) => gradient())
}

/** The gradient of each row by itself [N][W], at some parameters. */
export function exampleGradients(
  spec: ExperimentSpec,
  layers: readonly Layer[],
  rows: Rows,
): Float32Array<ArrayBuffer>[] {
  return withNetwork(spec, layers, pickRows(rows, [0]), (gradient) =>
    Array.from({ length: rows.count }, (_, row) => gradient(pickRows(rows, [row]))),
  )
}

/** Some of the rows, in an order of their own. */
export function pickRows({ inputs, labels }: Rows, rows: ArrayLike<number>): Rows {
  const picked: Rows = {
    count: rows.length,
    inputs: new Float32Array(2 * rows.length),
    labels: new Uint8Array(rows.length),
  }
  for (let to = 0; to < rows.length; to++) {
    const from = rows[to]!
    picked.inputs.set(inputs.subarray(2 * from, 2 * from + 2), 2 * to)
    picked.labels[to] = labels[from]!
  }
  return picked
}

/** Gives what takes the mean gradient of the rows, or of as many others, all at the same parameters. */
function withNetwork<T>(
  spec: ExperimentSpec,
  layers: readonly Layer[],
  rows: Rows,
  use: (gradient: (others?: Rows) => Float32Array<ArrayBuffer>) => T,
): T {
  const settings = { ...spec, learningRate: rate, momentum: 0, batchSize: rows.count, epochs: 1, shuffle: false }
  // What is measured after the step counts for nothing: a single row is enough to test.
  const test = pickRows(rows, [0])
  const network = new FusedNetwork(settings, { train: rows, test })
  try {
    network.begin(spec.seed)
    network.setParameters(layers)
    const start = network.snapshot()
    const before = network.flatParameters
    return use((others = rows) => {
      network.setRows({ train: others, test })
      network.restore(start)
      network.advance(1)
      return network.flatParameters.map((after, index) => (before[index]! - after) / rate)
    })
  } finally {
    network.dispose()
  }
}
