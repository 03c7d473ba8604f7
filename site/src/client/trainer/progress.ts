/**
 * The progress of a training: its numbers as they arrive from the workers, and which runs are over.
 */
import { column, emptyNumbers, metrics, type Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { RunPart } from './protocol.ts'

/** The arrays are the same ones in every update, and go on filling. */
export interface TrainingProgress {
  /** All runs' metrics, as far as they are known; the rest is NaN. */
  readonly numbers: Numbers
  /** Epochs of each run that are in the numbers [R]. */
  readonly epochs: Uint16Array<ArrayBuffer>
  /** The runs that are over, in the order in which they ended. One that has fewer epochs than the spec has diverged. */
  readonly ended: readonly number[]
  /** The share of the work that is done, from 0 to 1. */
  readonly progress: number
}

/** The runs of an earlier training of the same experiment that were over when it was stopped, and their numbers. */
export type EarlierProgress = Pick<TrainingProgress, 'numbers' | 'epochs' | 'ended'>

/** Progress that parts of runs are added to. */
export class GrowingNumbers implements TrainingProgress {
  readonly numbers: Numbers
  readonly epochs: Uint16Array<ArrayBuffer>
  readonly ended: number[] = []
  /** How many predictions changed, by run. */
  readonly changes: number[][] = []
  readonly #spec: ExperimentSpec

  constructor(spec: ExperimentSpec, earlier?: EarlierProgress) {
    this.#spec = spec
    this.numbers = emptyNumbers(spec)
    this.epochs = new Uint16Array(spec.seeds)
    const size = metrics.length * spec.epochs
    for (const run of earlier?.ended ?? []) {
      this.numbers.set(earlier!.numbers.subarray(run * size, (run + 1) * size), run * size)
      this.epochs[run] = earlier!.epochs[run]!
      this.ended.push(run)
    }
  }

  /** The runs that are not over, in ascending order. */
  get left(): number[] {
    const over = new Set(this.ended)
    return Array.from({ length: this.#spec.seeds }, (_, run) => run).filter((run) => !over.has(run))
  }

  get progress(): number {
    const { seeds, epochs } = this.#spec
    const open = this.epochs.reduce((sum, done) => sum + done, 0)
    // A run that diverged has no more to do.
    const spared = this.ended.reduce((sum, run) => sum + epochs - this.epochs[run]!, 0)
    return (open + spared) / (seeds * epochs)
  }

  /** Whether every run is over. */
  get isOver(): boolean {
    return this.ended.length === this.#spec.seeds
  }

  add({ run, from, columns, isOver, changes }: RunPart): void {
    const count = columns.length / metrics.length
    metrics.forEach((metric, index) =>
      column(this.numbers, this.#spec, run, metric).set(columns.subarray(index * count, (index + 1) * count), from),
    )
    this.epochs[run] = from + count
    if (isOver) this.ended.push(run)
    if (changes) this.changes[run] = changes
  }
}
