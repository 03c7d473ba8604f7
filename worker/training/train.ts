/**
 * Spec to numbers, or to a decision boundary: makes the data and hands both to the engine that the spec names.
 */
import { splitOf, type Split } from '#dataset/split.ts'
import type { Boundary } from '#experiment/boundary.ts'
import type { EngineName } from '#experiment/engine.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { boundaryBy, type Predictor } from './boundary.ts'
import { predictFused } from './fused/predict.ts'
import { trainFused } from './fused/train.ts'
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
