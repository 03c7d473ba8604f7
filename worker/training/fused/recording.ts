/**
 * A run that can be rewound to any of its updates. It takes snapshots while it trains, and reaches an earlier update by
 * training again from the last snapshot before it.
 */
import type { Split } from '#datasets/split.ts'
import type { Numbers } from '#experiment/result/numbers.ts'
import { runWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, updates, updatesAfter } from '#experiment/spec/training-size.ts'

import { stepsAt, type Moment } from '../moment.ts'
import { FusedNetwork } from './network.ts'

/** The estimated operations between two snapshots: about 0.4 ms of training to repeat. */
const workBetween = 10e6
/** The most bytes that the snapshots of a run may occupy. */
const mostBytes = 8 * 2 ** 20

/**
 * The buffer of the last disposed recording, which the next one reuses, because garbage collectors are slow to free
 * large buffers.
 */
let spare = new Uint8Array()

function takeBuffer(bytes: number): Uint8Array<ArrayBuffer> {
  const buffer = spare.length < bytes ? new Uint8Array(bytes) : spare
  spare = new Uint8Array()
  return buffer
}

/** The first run of a spec, as far as it has been trained. */
export class Recording {
  readonly #spec: ExperimentSpec
  readonly #network: FusedNetwork
  /** The number of epochs between two snapshots. */
  readonly #stride: number
  readonly #snapshots: Uint8Array<ArrayBuffer>
  #snapshotCount = 0
  #steps = 0
  #isOver = false

  constructor(spec: ExperimentSpec, split: Split) {
    this.#spec = spec
    this.#network = new FusedNetwork(spec, split)
    this.#network.begin(spec.seed)
    const bytes = this.#network.snapshotBytes
    const epochCost = runWork(spec) / spec.epochs
    this.#stride = Math.max(1, Math.floor(workBetween / epochCost), Math.ceil((spec.epochs * bytes) / mostBytes))
    this.#snapshots = takeBuffer(bytes * (1 + Math.floor(spec.epochs / this.#stride)))
    this.#takeSnapshot()
  }

  /** The number of completed epochs. */
  get epochs(): number {
    return this.#network.epochs
  }

  /** Whether the run has ended: all epochs are done, or it diverged. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Trains at most `steps` more updates, stopping at the next snapshot. Returns whether the run has ended. */
  advance(steps: number): boolean {
    if (this.#isOver) return true
    const next = updatesAfter(this.#spec, this.#stride * this.#snapshotCount)
    const some = Math.min(steps, (next > this.#steps ? next : updates(this.#spec)) - this.#steps)
    this.#isOver = this.#network.advance(some)
    this.#steps += some
    if (this.#steps === next) this.#takeSnapshot()
    return this.#isOver
  }

  /** Copies the metrics of the completed epochs into a run's columns of the numbers. */
  copyHistory(numbers: Numbers, run: number): void {
    this.#network.copyHistory(numbers, run)
  }

  /**
   * Whether the run has passed a moment, so that it can be visited, or ended before it.
   *
   * @throws RangeError if no run of the spec has this moment
   */
  hasPassed(moment: Moment): boolean {
    return stepsAt(this.#spec, moment) <= this.#steps || this.#isOver
  }

  /**
   * Calls `use` with the network as it was at a moment, including velocities and order. Changes that `use` makes are
   * undone afterwards.
   *
   * @returns the result of `use`; null if the run has not reached the moment or diverged before it
   * @throws RangeError if no run of the spec has this moment
   */
  visit<T>(moment: Moment, use: (network: FusedNetwork) => T): T | null {
    const steps = stepsAt(this.#spec, moment)
    const epoch = Math.floor(epochsAfter(this.#spec, steps))
    if (steps > this.#steps || epoch > this.#network.epochs) return null
    const current = this.#network.snapshot()
    const nearest = Math.floor(epoch / this.#stride)
    try {
      this.#network.restore(this.#snapshot(nearest))
      this.#network.advance(steps - updatesAfter(this.#spec, nearest * this.#stride))
      return use(this.#network)
    } finally {
      this.#network.restore(current)
    }
  }

  /** Releases its memory. */
  dispose(): void {
    this.#network.dispose()
    if (this.#snapshots.length > spare.length) spare = this.#snapshots
  }

  #takeSnapshot(): void {
    this.#network.snapshot(this.#snapshot(this.#snapshotCount++))
  }

  #snapshot(index: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#network.snapshotBytes
    return this.#snapshots.subarray(index * bytes, (index + 1) * bytes)
  }
}
