/**
 * Computes the generalization of an experiment: trains every run and counts its correct predictions on the test split
 * and on fresh examples; and the same of the experiment that it is compared with.
 */
import { freshPoints, pieceSize } from '#datasets/fresh-points.ts'
import { inputsOf } from '#datasets/inputs.ts'
import type { Points } from '#datasets/points.ts'
import { nearestCenters } from '#datasets/reference-accuracies.ts'
import { datasetOf, splitOf } from '#datasets/split.ts'
import { drawingWork, type GeneralizationQuestion } from '#experiment/result/generalization-question.ts'
import {
  generalizationOf,
  pairedDifference,
  type Generalization,
  type Hits,
} from '#experiment/result/generalization.ts'
import { column } from '#experiment/result/numbers.ts'
import { permalink } from '#experiment/spec/spec-query.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { Predictor } from './boundary.ts'
import { progressBefore, Slice, type Predicted, type Prediction, type Progress } from './progress.ts'

/**
 * Trains every run in slices, with the engine of each experiment, and summarizes its accuracy on fresh examples.
 *
 * @param predictorOf the training of an experiment's engine that ends with predictions
 */
export function* generalizationBy(
  predictorOf: (spec: ExperimentSpec) => Predictor,
  { spec, freshExamples, pinned }: GeneralizationQuestion,
  slice = new Slice(),
): Generator<Progress, Generalization, void> {
  const fresh = yield* drawn(spec, freshExamples, slice)
  const hits = yield* hitsOf(predictorOf(spec), spec, fresh, slice)
  if (!pinned) return generalizationOf(spec, hits)
  const others = yield* hitsOf(predictorOf(pinned), pinned, fresh, slice)
  const other = { spec: pinned, hits: others, permalink: permalink(pinned) }
  return generalizationOf(spec, hits, pairedDifference({ spec, hits }, other))
}

/** The first `count` fresh points of a spec. */
function* drawn(spec: ExperimentSpec, count: number, slice: Slice): Generator<Progress, Points, void> {
  const coordinates = new Float64Array(2 * count)
  const labels = new Uint8Array(count)
  const pieces = freshPoints(spec)
  for (let start = 0; start < count; start += pieceSize) {
    const piece = pieces.next().value
    const taken = Math.min(pieceSize, count - start)
    coordinates.set(piece.coordinates.subarray(0, 2 * taken), 2 * start)
    labels.set(piece.labels.subarray(0, taken), start)
    if (slice.spend(drawingWork(taken))) yield progressBefore(spec)
  }
  return { coordinates, labels }
}

/** Trains every run and counts which test and fresh examples are predicted right. */
function* hitsOf(
  predict: Predictor,
  spec: ExperimentSpec,
  fresh: Points,
  slice: Slice,
): Generator<Progress, Hits, void> {
  const split = splitOf(spec)
  const freshExamples = fresh.labels.length
  const testExamples = split.test.count
  // The points of the test split, followed by the fresh ones.
  const dataset = datasetOf(spec)
  const points = new Float32Array(split.test.features * (testExamples + freshExamples))
  points.set(split.test.inputs)
  points.set(inputsOf(dataset, fresh.coordinates), split.test.inputs.length)
  const labels = new Uint8Array(testExamples + freshExamples)
  labels.set(split.test.labels)
  labels.set(fresh.labels, testExamples)
  const hits = new Uint16Array(labels.length)
  const runs: Hits['runs'] = []
  let ended = 0
  for (let run = 0; run < spec.seeds; run++) {
    const one = { ...spec, seed: spec.seed + run, seeds: 1 }
    const { numbers, predictions } = yield* withRunNumber(run, predict(one, split, points, slice))
    if (predictions) {
      ended++
      let right = 0
      for (let point = 0; point < labels.length; point++) {
        const isHit = Number(predictions.classes[point] === labels[point])
        hits[point]! += isHit
        if (point >= testExamples) right += isHit
      }
      runs.push({ fresh: right / freshExamples, test: column(numbers, one, 0, 'testAccuracy').at(-1)! })
    } else runs.push(null)
  }
  const shares = Float64Array.from(hits, (count) => (ended ? count / ended : 0))
  const partsOf = (all: Float64Array) => ({ test: all.subarray(0, testExamples), fresh: all.subarray(testExamples) })
  const { centers, coordinates, trainExamples } = dataset
  const isCorrect = (label: number, point: number) => Number(label === labels[point])
  const bestOf = (known: [number, number][]) => {
    const right = new Float64Array(labels.length)
    right.set(nearestCenters(coordinates.subarray(2 * trainExamples), known))
    right.set(nearestCenters(fresh.coordinates, known), testExamples)
    return partsOf(right.map(isCorrect))
  }
  return { runs, ...partsOf(shares), best: centers ? bestOf(centers) : null }
}

/** Yields the progress of a run's training with the run's own number. */
function* withRunNumber(run: number, training: Prediction): Generator<Progress, Predicted, void> {
  try {
    for (;;) {
      const step = training.next()
      if (step.done) return step.value
      yield { ...step.value, run }
    }
  } finally {
    training.return({} as Predicted)
  }
}
