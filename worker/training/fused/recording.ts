/**
 * A run that can be gone back to. It keeps snapshots on its way, and trains again from the nearest one to any moment.
 */
import type { Split } from '#datasets/split.ts'
import type { Numbers } from '#experiment/result/numbers.ts'
import { runWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, updates, updatesAfter } from '#experiment/spec/training-size.ts'

import { stepsAt, type Moment } from '../moment.ts'
import { FusedNetwork } from './network.ts'

/** The operations between two snapshots: some 0.4 ms of training to go over again. */
const workBetween = 10e6
/** The most bytes that the snapshots of a run take. */
const mostBytes = 8 * 2 ** 20

/** The room of the last recording that was disposed of: the next one has it, as large pieces are not soon collected. */
let spare = new Uint8Array()

function takeRoom(bytes: number): Uint8Array<ArrayBuffer> {
  const room = spare.length < bytes ? new Uint8Array(bytes) : spare
  spare = new Uint8Array()
  return room
}

/** The first run of a spec, as far as it is trained. */
export class Recording {
  readonly #spec: ExperimentSpec
  readonly #network: FusedNetwork
  /** Epochs between two snapshots. */
  readonly #stride: number
  readonly #snapshots: Uint8Array<ArrayBuffer>
  #kept = 0
  #steps = 0
  #isOver = false

  constructor(spec: ExperimentSpec, split: Split) {
    this.#spec = spec
    this.#network = new FusedNetwork(spec, split)
    this.#network.begin(spec.seed)
    const bytes = this.#network.snapshotBytes
    const anEpoch = runWork(spec) / spec.epochs
    this.#stride = Math.max(1, Math.floor(workBetween / anEpoch), Math.ceil((spec.epochs * bytes) / mostBytes))
    this.#snapshots = takeRoom(bytes * (1 + Math.floor(spec.epochs / this.#stride)))
    this.#keep()
  }

  /** Epochs that are done. */
  get epochs(): number {
    return this.#network.epochs
  }

  /** Whether the run is over: its epochs are done, or it diverged. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Trains up to `steps` steps further, or fewer. Returns whether the run is over. */
  advance(steps: number): boolean {
    if (this.#isOver) return true
    const next = updatesAfter(this.#spec, this.#stride * this.#kept)
    const some = Math.min(steps, (next > this.#steps ? next : updates(this.#spec)) - this.#steps)
    this.#isOver = this.#network.advance(some)
    this.#steps += some
    if (this.#steps === next) this.#keep()
    return this.#isOver
  }

  /** Copies the metrics of the epochs that are done into a run's columns of the numbers. */
  copyHistory(numbers: Numbers, run: number): void {
    this.#network.copyHistory(numbers, run)
  }

  /**
   * Whether a moment is behind: it can be visited, or the run diverged before it.
   *
   * @throws RangeError for a moment that no run of the spec has
   */
  hasPassed(moment: Moment): boolean {
    return stepsAt(this.#spec, moment) <= this.#steps || this.#isOver
  }

  /**
   * Lends the network as it was at a moment: with its parameters, its velocities and its order. What is done to it is
   * undone.
   *
   * @returns what `use` returns; null where the run has not come to that moment, or diverged before it
   * @throws RangeError for a moment that no run of the spec has
   */
  visit<T>(moment: Moment, use: (network: FusedNetwork) => T): T | null {
    const steps = stepsAt(this.#spec, moment)
    const epoch = Math.floor(epochsAfter(this.#spec, steps))
    if (steps > this.#steps || epoch > this.#network.epochs) return null
    const here = this.#network.snapshot()
    const nearest = Math.floor(epoch / this.#stride)
    try {
      this.#network.restore(this.#snapshot(nearest))
      this.#network.advance(steps - updatesAfter(this.#spec, nearest * this.#stride))
      return use(this.#network)
    } finally {
      this.#network.restore(here)
    }
  }

  /** Gives its memory back. */
  dispose(): void {
    this.#network.dispose()
    if (this.#snapshots.length > spare.length) spare = this.#snapshots
  }

  #keep(): void {
    this.#network.snapshot(this.#snapshot(this.#kept++))
  }

  #snapshot(index: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#network.snapshotBytes
    return this.#snapshots.subarray(index * bytes, (index + 1) * bytes)
  }
}
