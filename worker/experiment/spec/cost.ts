/**
 * Cost model: estimates the computing that an experiment takes, before anything runs.
 *
 * The unit is the operation: one multiply-add of the fused engine's forward pass, about 0.04 ns. Estimates are linear
 * in epochs, seeds and examples, so they can also bound the slices of a training, because a Worker's clock stands still
 * while it computes. The estimates are accurate within a factor of two or three; the constants are fitted to measured
 * times.
 */
import { activations } from '#methods/activations.ts'
import { averagings } from '#methods/averaging.ts'
import { optimizers } from '#methods/optimizers.ts'

import { measuredEpochs } from '../result/noise-scale.ts'
import { engines } from './engine.ts'
import { hiddenLayers, parameterCount } from './hidden-layers.ts'
import type { ExperimentSpec } from './spec.ts'
import { phasesOf, trainRows, type Phase } from './training-size.ts'

/** Operations of one example beyond its multiply-adds with the parameters: softmax and loss. */
const rowWork = 100

/** Operations of the forward pass of one example. */
function forwardWork(spec: ExperimentSpec): number {
  const units = hiddenLayers(spec).reduce((sum, width) => sum + width, 0)
  return parameterCount(spec) + rowWork + units * activations[spec.activation].cost
}

/** Operations of one update of all parameters. */
function parameterWork(spec: ExperimentSpec): number {
  const { cost: own } = optimizers[spec.optimizer]
  // With weight decay, plain gradient descent takes the general code path of the other optimizers.
  const rule = spec.weightDecay > 0 ? Math.max(optimizers.nesterov.cost, own) : own
  return 3 * parameterCount(spec) * (rule + averagings[spec.averaging].cost)
}

/**
 * The number of TensorFlow.js kernel calls in one update of the layers engine: forward and backward pass, update,
 * averaging and weight decay of each layer. Counted by its profiler (`test/unit/training/layers/layers.test.ts`) with
 * tanh, which needs the most calls.
 */
export function stepCalls(spec: ExperimentSpec): number {
  const { layerCalls } = optimizers[spec.optimizer]
  const ofLayer = 36 + layerCalls + averagings[spec.averaging].layerCalls.update + (spec.weightDecay > 0 ? 1 : 0)
  return 33 + ofLayer * (hiddenLayers(spec).length + 1)
}

/**
 * The number of TensorFlow.js kernel calls after an epoch: evaluation of both splits and the order of the next epoch.
 */
export function evaluationCalls(spec: ExperimentSpec): number {
  return 30 + (14 + averagings[spec.averaging].layerCalls.evaluation) * (hiddenLayers(spec).length + 1)
}

/**
 * Operations of one update on a batch of `rows` examples: forward pass, backward pass at twice the parameters, and the
 * optimizer's step.
 */
export function stepWork(spec: ExperimentSpec, rows: number): number {
  const { arithmetic, stepOverhead, callOverhead } = engines[spec.engine]
  const overhead = stepOverhead + callOverhead * stepCalls(spec)
  return arithmetic * ((forwardWork(spec) + 2 * parameterCount(spec)) * rows + parameterWork(spec)) + overhead
}

/** Operations of the evaluation after an epoch: one forward pass over every example. */
export function evaluationWork(spec: ExperimentSpec): number {
  const { arithmetic, callOverhead } = engines[spec.engine]
  return arithmetic * forwardWork(spec) * spec.examples + callOverhead * evaluationCalls(spec)
}

/** Operations of one epoch of a phase: its updates and its evaluation. */
export function epochWork(spec: ExperimentSpec, { steps }: Phase): number {
  return stepWork(spec, trainRows(spec) / steps) * steps + evaluationWork(spec)
}

/** Operations of one run. */
export function runWork(spec: ExperimentSpec): number {
  return phasesOf(spec).reduce((sum, phase) => sum + epochWork(spec, phase) * phase.epochs, 0)
}

/** Operations of the whole experiment. */
export function estimateOperations(spec: ExperimentSpec): number {
  return runWork(spec) * spec.seeds
}

/**
 * How much slower the arithmetic of measuring gradients is than that of an update: its sums go through memory, in
 * float64.
 */
const measuringArithmetic = 3

/** Operations of measuring the gradients of all training examples once: forward pass, backward pass and the sums. */
export function momentsWork(spec: ExperimentSpec): number {
  return measuringArithmetic * (forwardWork(spec) + 2 * parameterCount(spec)) * trainRows(spec)
}

/** Operations of training the first run and measuring its gradients at the measured epochs. */
export function noiseWork(spec: ExperimentSpec): number {
  return estimateOperations({ ...spec, seeds: 1 }) + momentsWork(spec) * measuredEpochs(spec).length
}

/** Operations of training every run and then predicting `points` points with each. */
export function predictionsWork(spec: ExperimentSpec, points: number): number {
  return estimateOperations(spec) + spec.seeds * predictionWork(spec, points)
}

/** Operations of predicting `points` points once. */
export function predictionWork(spec: ExperimentSpec, points: number): number {
  return engines[spec.engine].arithmetic * forwardWork(spec) * points
}
