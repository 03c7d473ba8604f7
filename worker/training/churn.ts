/** Computes the churn of a spec: trains its first run and predicts the test examples after each epoch of the window. */
import { splitOf, type Split } from '#datasets/split.ts'
import { churnEpochs } from '#experiment/result/churn-share.ts'
import { churnOf, type Churn } from '#experiment/result/churn.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { Slice, type Progress } from './progress.ts'

/** The predictions of a run on the way. */
export interface EpochPredictions {
  /** The classes of the points [P] after each of the given epochs, up to the last one before a divergence. */
  classes: Uint8Array<ArrayBuffer>[]
  diverged: boolean
}

/**
 * A training of an engine's first run that predicts points [P][features] after some of its epochs, which are given in
 * ascending order as numbers of completed epochs.
 */
export type EpochPredictor = (
  spec: ExperimentSpec,
  split: Split,
  at: { points: Float32Array; epochs: readonly number[] },
  slice: Slice,
) => Generator<Progress, EpochPredictions, void>

/** Trains the first run of an experiment in slices with the engine that `predict` belongs to, and returns its churn. */
export function* churnBy(
  predict: EpochPredictor,
  spec: ExperimentSpec,
  slice = new Slice(),
): Generator<Progress, Churn, void> {
  const split = splitOf(spec)
  const { inputs, labels } = split.test
  const at = { points: inputs, epochs: churnEpochs(spec) }
  const predictions = yield* predict({ ...spec, seeds: 1 }, split, at, slice)
  return churnOf(spec, { labels, ...predictions })
}
