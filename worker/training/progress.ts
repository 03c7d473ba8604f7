/**
 * The progress of a training, which it yields after every slice, and the slices themselves: pieces of about 12 ms,
 * measured in estimated operations.
 */
import { shortest } from '#experiment/result/decimal.ts'
import { column, metrics, type Metric, type Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { emptyPredictions, type Predictions } from './predictions.ts'

/** The progress of a training. */
export interface Progress {
  /** The run that is being trained, counted from 0. */
  run: number
  seed: number
  /** Completed epochs of that run. */
  epoch: number
  /** The metrics of the last completed epoch; null before the first and after divergence. */
  metrics: Record<Metric, number | null> | null
}

/** A training in slices: yields its progress after each slice and returns its numbers. */
export type TrainingSteps = Generator<Progress, Numbers, void>
/** The outcome of one run with predictions: its numbers and the predictions for some points, null if it diverged. */
export interface Predicted {
  numbers: Numbers
  predictions: Predictions | null
}
/** A training of one run that ends with predictions. */
export type Prediction = Generator<Progress, Predicted, void>

/** Points per prediction, which are limited because slices are short and networks may be large. */
const pointsAtOnce = 5000

/** Predicts points [P][F] with F features in slices. */
export function* predictPieces(
  points: Float32Array,
  predict: (points: Float32Array) => Predictions,
  {
    features,
    work,
    slice,
    progress,
  }: { features: number; work: (points: number) => number; slice: Slice; progress: () => Progress },
): Generator<Progress, Predictions, void> {
  const count = points.length / features
  const predictions = emptyPredictions(count)
  for (let start = 0; start < count; start += pointsAtOnce) {
    const piece = predict(points.subarray(features * start, features * (start + pointsAtOnce)))
    predictions.classes.set(piece.classes, start)
    predictions.confidences.set(piece.confidences, start)
    if (slice.spend(work(piece.classes.length))) yield progress()
  }
  return predictions
}

/**
 * The estimated operations of one slice: about 12 ms of computing. Between slices a Worker answers other requests, so
 * this bounds how long a training can delay them.
 */
const sliceWork = 250e6

/** Measures slices in estimated operations, because a Worker's clock stands still while it computes. */
export class Slice {
  #spent = 0
  readonly #sharers: () => number

  /** @param sharers returns how many trainings take turns: the more there are, the shorter their slices are */
  constructor(sharers: () => number = () => 1) {
    this.#sharers = sharers
  }

  /** How many units of `work` operations still fit in the slice, at least one. */
  fitting(work: number): number {
    return Math.max(1, Math.floor((this.#size() - this.#spent) / work))
  }

  /** Adds completed work. Returns true if the slice is full, and starts the next one. */
  spend(work: number): boolean {
    this.#spent += work
    // If another unit of the same work does not fit, the slice is full.
    if (this.#spent + work <= this.#size()) return false
    this.#spent = 0
    return true
  }

  #size(): number {
    return sliceWork / Math.max(1, this.#sharers())
  }
}

/** Runs all slices in a row, for callers that block nobody, and returns the result. */
export function runToEnd<Value>(training: Generator<unknown, Value, void>): Value {
  for (;;) {
    const slice = training.next()
    if (slice.done) return slice.value
  }
}

/** The progress of a training whose first run has not begun. */
export function progressBefore({ seed }: Pick<ExperimentSpec, 'seed'>): Progress {
  return { run: 0, seed, epoch: 0, metrics: null }
}

/** The progress of a training that has completed `epoch` epochs of a run. */
export function progressAt(spec: ExperimentSpec, numbers: Numbers, run: number, epoch: number): Progress {
  const latest = (metric: Metric) => shortest(column(numbers, spec, run, metric)[epoch - 1] ?? NaN)
  return {
    run,
    seed: spec.seed + run,
    epoch,
    metrics:
      epoch > 0 ? (Object.fromEntries(metrics.map((metric) => [metric, latest(metric)])) as Progress['metrics']) : null,
  }
}
