/**
 * Spec to decision boundary: trains the first run to its end, and asks it for the class of every point of a grid.
 */
import { datasetOf, splitOf, type Split } from '#dataset/split.ts'
import type { Boundary } from '#experiment/boundary.ts'
import type { EngineName } from '#experiment/engine.ts'
import { gridOver, gridPoints } from '#experiment/grid.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { predictFused } from './fused/predict.ts'
import { predictLayers } from './layers/predict.ts'
import { Slice, type Prediction, type Progress } from './progress.ts'

type Predictor = (spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice) => Prediction
const predictors: Record<EngineName, Predictor> = { fused: predictFused, layers: predictLayers }

/** Trains the first run of an experiment in slices, as `train` does, and returns its decision boundary. */
export function* trainBoundary(spec: ExperimentSpec, slice = new Slice()): Generator<Progress, Boundary, void> {
  const grid = gridOver(datasetOf(spec).coordinates)
  const classes = yield* predictors[spec.engine]({ ...spec, seeds: 1 }, splitOf(spec), gridPoints(grid), slice)
  return { classes: classes && Array.from(classes), ...grid }
}
