/**
 * Spec to numbers, or to what else there is to know of its runs: makes the data and hands both to the engine that the spec
 * names.
 */
import { splitOf, type Split } from '#dataset/split.ts'
import type { Boundary } from '#experiment/boundary.ts'
import type { EngineName } from '#experiment/engine.ts'
import type { Generalization } from '#experiment/generalization.ts'
import type { GradientNoise } from '#experiment/gradient-noise.ts'
import { emptyNumbers } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { boundaryBy, type Predictor } from './boundary.ts'
import { measureNoise } from './fused/noise.ts'
import { predictFused } from './fused/predict.ts'
import { firstRunProgress } from './fused/run.ts'
import { trainFused } from './fused/train.ts'
import { generalizationBy } from './generalization.ts'
import { predictLayers } from './layers/predict.ts'
import { trainLayers } from './layers/train.ts'
import { Slice, type Progress, type Training } from './progress.ts'

type Trainer = (spec: ExperimentSpec, split: Split, slice: Slice) => Training
const trainers: Record<EngineName, Trainer> = { fused: trainFused, layers: trainLayers }
const predictors: Record<EngineName, Predictor> = { fused: predictFused, layers: predictLayers }

/**
 * Trains an experiment in slices.
 *
 * It is a plain iterator, not a promise: whoever wants the numbers takes the next slice, and when they go away anyone
 * else can take over where they stopped. `return()` stops it and frees what it holds.
 */
export function train(spec: ExperimentSpec, slice = new Slice()): Training {
  return trainers[spec.engine](spec, splitOf(spec), slice)
}

/** Trains the first run of an experiment in slices, as `train` does, and returns its decision boundary. */
export function trainBoundary(spec: ExperimentSpec, slice = new Slice()): Generator<Progress, Boundary, void> {
  return boundaryBy(predictors[spec.engine], spec, slice)
}

/** Trains the first run of an experiment in slices, and measures the noise of its gradients, by the fused engine alone. */
export function trainNoise(spec: ExperimentSpec, slice = new Slice()): Generator<Progress, GradientNoise, void> {
  const first = { ...spec, seeds: 1 }
  const numbers = emptyNumbers(first)
  return measureNoise(spec, splitOf(spec), slice, (network) => firstRunProgress(first, network, numbers))
}

/** Trains every run of an experiment in slices, and tries each on fresh points. */
export function trainGeneralization(
  spec: ExperimentSpec,
  slice = new Slice(),
): Generator<Progress, Generalization, void> {
  return generalizationBy(predictors[spec.engine], spec, slice)
}
