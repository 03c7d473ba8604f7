/**
 * The loss of some rows and its gradients, computed with the kernel's own update. An update with momentum 0 moves the parameters against
 * the gradient, so the gradient can be read from the change. With a very large learning rate the change is so much
 * larger than the parameters that their rounding is lost in it.
 *
 * Dimension letters: N = rows, W = parameters.
 */
import type { Rows } from '#datasets/split.ts'
import { column, emptyNumbers, type Metric } from '#experiment/result/numbers.ts'
import { parameterCount } from '#experiment/spec/hidden-layers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { Layer } from '../initializers.ts'
import { FusedNetwork } from './network.ts'

/** A power of two, so that multiplying and dividing by it rounds nothing. */
const rate = 2 ** 20

/** Settings of plain gradient descent: an update is the learning rate times the gradient and nothing else. */
export const plainDescent = {
  learningRateSchedule: 'constant',
  warmup: 0,
  optimizer: 'sgd',
  momentum: 0,
  weightDecay: 0,
  batchSizeSchedule: 'constant',
  averaging: 'none',
  lastBatch: 'kept',
  replacement: false,
} as const satisfies Partial<ExperimentSpec>

/** The mean gradient [W] of some rows at given parameters. */
export function meanGradient(spec: ExperimentSpec, layers: readonly Layer[], rows: Rows): Float32Array<ArrayBuffer> {
  const to = new Float32Array(parameterCount(spec, rows.features))
  withNetwork(spec, layers, rows, (gradient) => gradient(rows, to))
  return to
}

/** The gradient of each row by itself, [N][W], at given parameters. */
export function exampleGradients(
  spec: ExperimentSpec,
  layers: readonly Layer[],
  rows: Rows,
): Float32Array<ArrayBuffer> {
  const size = parameterCount(spec, rows.features)
  const all = new Float32Array(rows.count * size)
  withNetwork(spec, layers, pickRows(rows, [0]), (gradient) => {
    for (let row = 0; row < rows.count; row++)
      gradient(pickRows(rows, [row]), all.subarray(row * size, (row + 1) * size))
  })
  return all
}

/** Mean losses: of a batch, and of all training rows. */
export interface Losses {
  batch: number
  train: number
}

/**
 * The mean losses of a batch and of all training rows at given parameters, as the kernel evaluates them: after an update
 * with a learning rate of 0.
 */
export function lossesAt(spec: ExperimentSpec, layers: readonly Layer[], batch: Rows, train: Rows): Losses {
  const settings = { ...spec, ...plainDescent, learningRate: 0, batchSize: batch.count, epochs: 1, seeds: 1 }
  const network = new FusedNetwork(settings, { train: batch, test: train })
  try {
    network.begin(spec.seed)
    network.setParameters(layers)
    network.advance(1)
    const numbers = emptyNumbers(settings)
    network.copyHistory(numbers, 0)
    const last = (metric: Metric) => column(numbers, settings, 0, metric)[0]!
    return { batch: last('trainLoss'), train: last('testLoss') }
  } finally {
    network.dispose()
  }
}

/** A selection of rows, in the order of the given indices. */
export function pickRows({ inputs, features, labels }: Rows, rows: ArrayLike<number>): Rows {
  const picked: Rows = {
    count: rows.length,
    features,
    inputs: new Float32Array(features * rows.length),
    labels: new Uint8Array(rows.length),
  }
  for (let to = 0; to < rows.length; to++) {
    const from = rows[to]!
    picked.inputs.set(inputs.subarray(features * from, features * (from + 1)), features * to)
    picked.labels[to] = labels[from]!
  }
  return picked
}

/**
 * Calls `use` with a function that computes the mean gradient [W] of as many rows as the given ones, always at the same
 * parameters. The network is disposed of afterwards.
 */
function withNetwork(
  spec: ExperimentSpec,
  layers: readonly Layer[],
  rows: Rows,
  use: (gradient: (rows: Rows, to: Float32Array<ArrayBuffer>) => void) => void,
): void {
  const settings = {
    ...spec,
    ...plainDescent,
    learningRate: rate,
    batchSize: rows.count,
    epochs: 1,
    shuffle: false,
  }
  // The evaluation after the update is not used, so a single test row is enough.
  const test = pickRows(rows, [0])
  const network = new FusedNetwork(settings, { train: rows, test })
  try {
    network.begin(spec.seed)
    network.setParameters(layers)
    const start = network.snapshot()
    const before = network.flatParameters
    use((train, to) => {
      network.setRows({ train, test })
      network.restore(start)
      network.advance(1)
      network.copyParameters(to)
      for (let index = 0; index < to.length; index++) to[index] = (before[index]! - to[index]!) / rate
    })
  } finally {
    network.dispose()
  }
}
