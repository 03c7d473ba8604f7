/**
 * Spec to numbers: makes the data and hands both to the engine that the spec names.
 */
import { makeDataset } from '#dataset/dataset.ts'
import { splitDataset, type Split } from '#dataset/split.ts'
import type { EngineName } from '#experiment/engine.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { trainLayers } from './layers/train.ts'
import type { Training } from './progress.ts'

const trainers: Record<EngineName, (spec: ExperimentSpec, split: Split) => Training> = { layers: trainLayers }

/**
 * Trains an experiment in slices.
 *
 * It is a plain iterator, not a promise: whoever wants the numbers takes the next slice, and when they go away anyone
 * else can take over where they stopped. `return()` stops it and frees what it holds.
 */
export function train(spec: ExperimentSpec): Training {
  return trainers[spec.engine](spec, splitDataset(makeDataset(spec)))
}
