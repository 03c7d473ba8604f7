/**
 * Computes the decision boundary of a spec: trains its first run to the end and predicts every point of a grid.
 */
import { inputsOf } from '#datasets/inputs.ts'
import { datasetOf, splitOf, type Split } from '#datasets/split.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import { gridOver, gridPoints } from '#experiment/result/grid.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { Slice, type Prediction, type Progress } from './progress.ts'

/** A training of an engine's first run that ends with its predictions for points, as inputs [P][inputs]. */
export type Predictor = (spec: ExperimentSpec, split: Split, points: Float32Array, slice: Slice) => Prediction

/**
 * Trains the first run of an experiment in slices with the engine that `predict` belongs to, and returns its decision
 * boundary.
 */
export function* boundaryBy(
  predict: Predictor,
  spec: ExperimentSpec,
  slice = new Slice(),
): Generator<Progress, Boundary, void> {
  const dataset = datasetOf(spec)
  const grid = gridOver(dataset.coordinates)
  const points = inputsOf(dataset, gridPoints(grid))
  const { predictions } = yield* predict({ ...spec, seeds: 1 }, splitOf(spec), points, slice)
  return {
    classes: predictions && Array.from(predictions.classes),
    ...grid,
    confidences: predictions && Array.from(predictions.confidences),
  }
}
