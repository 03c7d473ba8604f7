/**
 * Specs of every optimizer, schedule and average, and what the float64 reference makes of them: a library's program that
 * starts from the same weights, and sees the rows in the same order, ends with the same losses.
 */
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { column, emptyNumbers, type Metric } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { initialLayers, type Layer } from '#training/initializers.ts'
import { trainRun } from '#training/network.ts'
import { Slice } from '#training/progress.ts'

import { ReferenceNetwork } from '../support/reference-network.ts'

/** Small, in the order of the rows, and smooth, so that roundings do not grow. */
const small = { examples: 200, epochs: 12, batchSize: 20, shuffle: false, activation: 'tanh' } as const

const given: PartialSpec[] = [
  {},
  { optimizer: 'nesterov' },
  { optimizer: 'rmsprop', learningRate: 0.003 },
  { optimizer: 'adam', momentum: 0.8 },
  { weightDecay: 0.5 },
  { weightDecay: 0.5, optimizer: 'adam' },
  { weightDecay: 0.5, optimizer: 'rmsprop', learningRate: 0.003, learningRateSchedule: '3:0.001' },
  { learningRateSchedule: 'linear' },
  { learningRateSchedule: 'cosine' },
  { learningRateSchedule: 'linear', warmup: 2 },
  { learningRateSchedule: 'cosine', warmup: 3, optimizer: 'nesterov' },
  { learningRateSchedule: '4:0.02-8:0.001' },
  { learningRateSchedule: '4:0.02-8:0.001', warmup: 5 },
  { warmup: 4 },
  { batchSizeSchedule: '4:50-8:full', learningRateSchedule: 'cosine' },
  { averaging: 'ema' },
  { averaging: 'ema', batchSizeSchedule: '4:50', weightDecay: 0.2, optimizer: 'adam', learningRateSchedule: 'linear' },
  { averaging: 'swa', batchSizeSchedule: '4:50' },
  { averaging: 'swa', weightDecay: 0.1 },
  { lastBatch: 'dropped', batchSize: 30 },
  { lastBatch: 'scaled', batchSize: 30, batchSizeSchedule: '6:70' },
]

/** The specs, each with what distinguishes it. */
export const remedies: { name: string; spec: ExperimentSpec }[] = given.map((fields) => ({
  name: new URLSearchParams(fields as Record<string, string>).toString() || 'momentum',
  spec: completeSpec({ ...small, ...fields }),
}))

/** What a run of a spec starts from, and what the reference has at its end. */
export function referenceRun(spec: ExperimentSpec): { initial: Layer[]; last: (metric: Metric) => number } {
  const initial = initialLayers(spec, spec.seed)
  const split = splitDataset(makeDataset(spec))
  const numbers = emptyNumbers(spec)
  const training = trainRun(spec, split, new ReferenceNetwork(spec, initial, split), numbers, 0, new Slice())
  while (!training.next().done);
  return { initial, last: (metric) => column(numbers, spec, 0, metric).at(-1)! }
}
