/**
 * A run that can be gone back to. It keeps snapshots on its way, and trains again from the nearest one to any moment.
 */
import type { Split } from '#dataset/split.ts'
import type { Numbers } from '#experiment/numbers.ts'
import { stepsPerEpoch } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { epochWork } from '#experiment/work.ts'

import { FusedNetwork } from './network.ts'

/** A moment of a run: after so many epochs, and so many steps of the next one. */
export interface Moment {
  epoch: number
  step?: number
}

/** The operations between two snapshots: some 0.4 ms of training to go over again. */
const workBetween = 10e6
/** The most bytes that the snapshots of a run take. */
const mostBytes = 16 * 2 ** 20

/** The first run of a spec, as far as it is trained. */
export class Recording {
  readonly #network: FusedNetwork
  readonly #perEpoch: number
  /** Steps between two snapshots. */
  readonly #stride: number
  readonly #snapshots: Uint8Array<ArrayBuffer>
  #steps = 0
  #isOver = false

  constructor(spec: ExperimentSpec, split: Split) {
    this.#network = new FusedNetwork(spec, split)
    this.#network.begin(spec.seed)
    this.#perEpoch = stepsPerEpoch(spec)
    const bytes = this.#network.snapshotBytes
    const epochs = Math.max(1, Math.floor(workBetween / epochWork(spec)), Math.ceil((spec.epochs * bytes) / mostBytes))
    this.#stride = epochs * this.#perEpoch
    this.#snapshots = new Uint8Array(bytes * (1 + Math.floor(spec.epochs / epochs)))
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
    const some = Math.min(steps, this.#stride - (this.#steps % this.#stride))
    this.#isOver = this.#network.advance(some)
    this.#steps += some
    if (this.#steps % this.#stride === 0) this.#keep()
    return this.#isOver
  }

  /** Copies the metrics of the epochs that are done into a run's columns of the numbers. */
  copyHistory(numbers: Numbers, run: number): void {
    this.#network.copyHistory(numbers, run)
  }

  /** Whether a moment is behind: it can be visited, or the run diverged before it. */
  hasPassed({ epoch, step = 0 }: Moment): boolean {
    return this.#isOver || epoch * this.#perEpoch + step <= this.#steps
  }

  /**
   * Lends the network as it was at a moment: with its parameters, its velocities and its order. What is done to it is
   * undone.
   *
   * @returns what `use` returns; null where the run has not come to that moment, or diverged before it
   * @throws RangeError for a moment that no run has
   */
  visit<T>({ epoch, step = 0 }: Moment, use: (network: FusedNetwork) => T): T | null {
    for (const [name, value] of Object.entries({ epoch, step }))
      if (!Number.isInteger(value) || value < 0)
        throw new RangeError(`${name}: expected a whole number from 0, got ${value}`)
    const steps = epoch * this.#perEpoch + step
    if (steps > this.#steps || Math.floor(steps / this.#perEpoch) > this.#network.epochs) return null
    const here = this.#network.snapshot()
    const nearest = Math.floor(steps / this.#stride)
    try {
      this.#network.restore(this.#snapshot(nearest))
      this.#network.advance(steps - nearest * this.#stride)
      return use(this.#network)
    } finally {
      this.#network.restore(here)
    }
  }

  /** Gives its memory back. */
  dispose(): void {
    this.#network.dispose()
  }

  #keep(): void {
    this.#network.snapshot(this.#snapshot(this.#steps / this.#stride))
  }

  #snapshot(index: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#network.snapshotBytes
    return this.#snapshots.subarray(index * bytes, (index + 1) * bytes)
  }
}
