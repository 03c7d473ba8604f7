/**
 * Gradients as single batches see them: what the kernel's first step from the same parameters does, batch by batch.
 *
 * Dimension letters: N = batches, W = parameters.
 */
import { makeDataset } from '#dataset/dataset.ts'
import { splitDataset } from '#dataset/split.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import type { Layer } from '#training/initializers.ts'

/** The gradients of batches of one size, in the plane of the drawing; the true gradient is at [1, 0]. */
export interface Cloud {
  batchSize: number
  /** [N][2]: along the true gradient, and along the direction in which single examples differ most. */
  points: [number, number][]
}

/** Epochs of full-batch training before the parameters are taken. */
const stop = 20
const split = splitDataset(makeDataset(completeSpec({})))

/** Draws `count` batches of each size. */
export function drawGradients(batchSizes: readonly number[], count: number): Cloud[] {
  const layers = parametersAfter(stop)
  const truth = gradient(layers, { batchSize: 'full' }, 1)
  const length = Math.hypot(...truth)
  const along = truth.map((value) => value / length)
  const samples = batchSizes.map((batchSize) =>
    Array.from({ length: count }, (_, batch) => gradient(layers, { batchSize }, batch + 1)),
  )
  const across = widest(samples[0]!.map((sample) => without(sample, along)))
  return samples.map((gradients, index) => ({
    batchSize: batchSizes[index]!,
    points: gradients.map((sample) => [dot(sample, along) / length, dot(sample, across) / length]),
  }))
}

function parametersAfter(epochs: number): Layer[] {
  return withNetwork({ batchSize: 'full' }, (network) => {
    network.begin(1)
    network.advance(epochs)
    return network.parameters
  })
}

/** The mean gradient [W] of the first batch that a seed draws: with a learning rate of 1, a step is its negative. */
function gradient(layers: readonly Layer[], batch: Pick<PartialSpec, 'batchSize'>, seed: number): number[] {
  return withNetwork({ ...batch, learningRate: 1, momentum: 0 }, (network) => {
    network.begin(seed)
    network.setParameters(layers)
    network.advance(1)
    const after = flat(network.parameters)
    return flat(layers).map((before, index) => before - after[index]!)
  })
}

function withNetwork<T>(given: PartialSpec, use: (network: FusedNetwork) => T): T {
  const network = new FusedNetwork(completeSpec(given), split)
  try {
    return use(network)
  } finally {
    network.dispose()
  }
}

const flat = (layers: readonly Layer[]) => layers.flatMap(({ weights, biases }) => [...weights, ...biases])
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)

/** What is left of a vector without its part along a unit vector. */
function without(vector: readonly number[], unit: readonly number[]): number[] {
  const part = dot(vector, unit)
  return vector.map((value, index) => value - part * unit[index]!)
}

/** The unit vector [W] along which vectors [N][W] spread most: their first principal axis, by power iteration. */
function widest(vectors: readonly (readonly number[])[]): number[] {
  let axis: number[] = [...vectors[0]!]
  for (let round = 0; round < 30; round++) {
    const next = axis.map(() => 0)
    for (const vector of vectors) {
      const part = dot(vector, axis)
      vector.forEach((value, index) => (next[index]! += part * value))
    }
    const length = Math.hypot(...next)
    axis = next.map((value) => value / length)
  }
  return axis
}
