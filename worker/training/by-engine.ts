/**
 * The entry points for training: make the dataset of a spec and pass both to the engine that the spec names, for its
 * numbers, decision boundary, gradient noise, generalization or churn.
 */
import { splitOf, type Split } from '#datasets/split.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { Churn } from '#experiment/result/churn.ts'
import type { Generalization } from '#experiment/result/generalization.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import type { EngineName } from '#experiment/spec/engine.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { boundaryBy, type Predictor } from './boundary.ts'
import { churnBy, type EpochPredictor } from './churn.ts'
import { measureNoise } from './fused/noise.ts'
import { predictEpochsFused, predictFused } from './fused/predict.ts'
import { firstRunProgress } from './fused/run.ts'
import { trainFused } from './fused/train.ts'
import { generalizationBy } from './generalization.ts'
import { predictEpochsLayers, predictLayers } from './layers/predict.ts'
import { trainLayers } from './layers/train.ts'
import { Slice, type Progress, type TrainingSteps } from './progress.ts'

type Trainer = (spec: ExperimentSpec, split: Split, slice: Slice) => TrainingSteps
const trainers: Record<EngineName, Trainer> = { fused: trainFused, layers: trainLayers }
const predictors: Record<EngineName, Predictor> = { fused: predictFused, layers: predictLayers }
const epochPredictors: Record<EngineName, EpochPredictor> = {
  fused: predictEpochsFused,
  layers: predictEpochsLayers,
}

/**
 * Trains an experiment in slices and returns its numbers.
 *
 * The training is a plain iterator rather than a promise. Any request can take the next slice, so if the request that
 * drove it goes away, another one continues where it stopped. `return()` stops the training and frees its memory.
 */
export function trainNumbers(spec: ExperimentSpec, slice = new Slice()): TrainingSteps {
  return trainers[spec.engine](spec, splitOf(spec), slice)
}

/** Trains the first run of an experiment in slices and returns its decision boundary. */
export function trainBoundary(spec: ExperimentSpec, slice = new Slice()): Generator<Progress, Boundary, void> {
  return boundaryBy(predictors[spec.engine], spec, slice)
}

/**
 * Trains the first run of an experiment in slices and measures the noise of its gradients. Only the fused engine can do
 * this.
 */
export function trainNoise(spec: ExperimentSpec, slice = new Slice()): Generator<Progress, GradientNoise, void> {
  const first = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(first)
  return measureNoise(spec, splitOf(spec), slice, (network) => firstRunProgress(first, network, numbers))
}

/** Trains every run of an experiment in slices and evaluates each on fresh points. */
export function trainGeneralization(
  spec: ExperimentSpec,
  slice = new Slice(),
): Generator<Progress, Generalization, void> {
  return generalizationBy(predictors[spec.engine], spec, slice)
}

/** Trains the first run of an experiment in slices and returns how its predictions change between its last epochs. */
export function trainChurn(spec: ExperimentSpec, slice = new Slice()): Generator<Progress, Churn, void> {
  return churnBy(epochPredictors[spec.engine], spec, slice)
}
