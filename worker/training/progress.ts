/**
 * How far a training is: what it yields after every slice.
 */
import { shortest } from '#experiment/decimal.ts'
import { column, metrics, type Metric, type Numbers } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

/** Where a training stands. */
export interface Progress {
  /** The run that is being trained, from 0. */
  run: number
  seed: number
  /** Epochs of that run that are finished. */
  epoch: number
  /** The metrics of the last finished epoch; null before the first, and after divergence. */
  metrics: Record<Metric, number | null> | null
}

/** A training in slices: it yields its progress after each, and returns its numbers. */
export type Training = Generator<Progress, Numbers, void>
/** What one run gave: its numbers, and the predicted class of some points [P], null when it diverged. */
export interface Predicted {
  numbers: Numbers
  classes: Uint8Array<ArrayBuffer> | null
}
/** A training of one run that ends with predictions. */
export type Prediction = Generator<Progress, Predicted, void>

/** Points that are predicted at once: in pieces, as a slice is short and networks may be large. */
const pointsAtOnce = 5000

/** Predicts the class of points [P][2] in slices. */
export function* predictPieces(
  points: Float32Array,
  predict: (points: Float32Array) => Uint8Array<ArrayBuffer>,
  { work, slice, progress }: { work: (points: number) => number; slice: Slice; progress: () => Progress },
): Generator<Progress, Uint8Array<ArrayBuffer>, void> {
  const classes = new Uint8Array(points.length / 2)
  for (let start = 0; start < classes.length; start += pointsAtOnce) {
    const piece = predict(points.subarray(2 * start, 2 * (start + pointsAtOnce)))
    classes.set(piece, start)
    if (slice.spend(work(piece.length))) yield progress()
  }
  return classes
}

/**
 * The operations of one slice: about 12 ms of computing. Between slices a Worker answers other requests, so this
 * bounds how long a training can delay them.
 */
const sliceWork = 250e6

/** Tells when a slice is full, by estimated operations: a Worker's clock stands still while it computes. */
export class Slice {
  #spent = 0
  readonly #sharers: () => number

  /** @param sharers how many trainings take turns: the more there are, the shorter are their slices */
  constructor(sharers: () => number = () => 1) {
    this.#sharers = sharers
  }

  /** How many pieces of some work still fit, at least one. */
  fitting(work: number): number {
    return Math.max(1, Math.floor((this.#size() - this.#spent) / work))
  }

  /** Adds work that was done; true when the slice is full, and the next one begins. */
  spend(work: number): boolean {
    this.#spent += work
    // Less than one more piece of it fits.
    if (this.#spent + work <= this.#size()) return false
    this.#spent = 0
    return true
  }

  #size(): number {
    return sliceWork / Math.max(1, this.#sharers())
  }
}

/** Goes through all slices at once, where nobody waits meanwhile, and returns what is there in the end. */
export function toTheEnd<Value>(training: Generator<unknown, Value, void>): Value {
  for (;;) {
    const slice = training.next()
    if (slice.done) return slice.value
  }
}

/** The progress of a training that has finished `epoch` epochs of a run. */
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
