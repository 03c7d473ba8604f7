/** Golden training traces: losses in float64 of fixed weights and orders. */
import { expect } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import type { Layer } from '#training/initializers.ts'
import type { Network } from '#training/network.ts'

import golden from '../golden/training-traces.json'
import { ReferenceNetwork } from './reference-network.ts'

/** The tutorial's data, on which the traces were made. */
export const split = splitDataset(makeDataset(completeSpec({})))

/** The parameters that every trace starts from. */
export function traceLayers(): Layer[] {
  const slice = (from: number, to: number) => Float32Array.from(golden.parameters.slice(from, to))
  return [
    { weights: slice(0, 100), biases: slice(100, 150) },
    { weights: slice(150, 300), biases: slice(300, 303) },
  ]
}

/** The order of the rows in each epoch. */
const orders = golden.orders.map((order) => Uint32Array.from(order))

const runs = golden.runs
/** Each trace: its spec, and how many of its steps are compared. */
export const traces = [
  { name: 'batch 500', batchSize: 500, learningRate: 0.01, trace: runs['batch500_lr0.01_epochs5'], steps: 5 },
  { name: 'batch 450', batchSize: 450, learningRate: 0.01, trace: runs['batch450_lr0.01_epochs2'], steps: 4 },
  { name: 'batch 32', batchSize: 32, learningRate: 0.01, trace: runs['batch32_lr0.01_epochs3'], steps: 48 },
  { name: 'batch 1', batchSize: 1, learningRate: 0.001, trace: runs['batch1_lr0.001_epochs1'], steps: 20 },
] as const
type Trace = (typeof traces)[number]

/** What of a network a trace is followed with. */
type Traced = Pick<Network, 'arrange' | 'step' | 'evaluate'>

/** Trains a float32 network along a trace: its losses step by step, and the rows that it predicts right at the end. */
export function expectTrace(network: Traced, one: Trace): void {
  const { batchSize, trace, steps } = one
  const losses = followTrace(network, one)
  const after = network.evaluate()
  const tolerances = traceTolerances(one)
  for (let step = 0; step < steps; step++) {
    const expected = trace.losses_before_each_update[step]!
    expect(Math.abs(losses[step]! - expected) / expected).toBeLessThan(tolerances[step]!)
  }
  // By its end, single rows have led float32 elsewhere.
  if (batchSize === 1) return
  expect(Math.abs(after.train.hits - trace.train_acc.at(-1)! * 500)).toBeLessThanOrEqual(2)
  expect(Math.abs(after.test.hits - trace.test_acc.at(-1)! * 500)).toBeLessThanOrEqual(2)
}

/** The losses before each update that a network gives along a trace. */
export function followTrace(network: Traced, { batchSize, learningRate, trace }: Trace): number[] {
  const losses: number[] = []
  for (const order of orders.slice(0, trace.train_acc.length)) {
    network.arrange(order)
    for (let start = 0; start < 500; start += batchSize)
      losses.push(network.step(start, Math.min(batchSize, 500 - start), learningRate).loss)
  }
  return losses
}

/**
 * How far a float32 training may stray from a trace, relative to the loss, step by step: ten times as far as the
 * float64 reference itself does when its initial parameters move by one float32 unit in the last place, and at least
 * 1e-5. The traces start from float64 parameters, so rounding them alone moves batch 32 by 9e-5 within 48 steps.
 */
export function traceTolerances(one: Trace): number[] {
  const nudge = 1 + 2 ** -23
  const nudged = traceLayers().map(({ weights, biases }) => ({
    weights: weights.map((value) => value * nudge),
    biases: biases.map((value) => value * nudge),
  }))
  const follow = (initial: Layer[]) => followTrace(new ReferenceNetwork(completeSpec(pick(one)), initial, split), one)
  const moved = follow(nudged)
  let most = 0
  return follow(traceLayers()).map((loss, step) => {
    most = Math.max(most, Math.abs(moved[step]! - loss) / loss)
    return Math.max(1e-5, 10 * most)
  })
}

const pick = ({ batchSize, learningRate }: Trace) => ({ batchSize, learningRate })
