/**
 * A run that is trained as usual, but stops after each epoch of the window of last epochs to predict the test examples, so
 * that its churn is known when it is over.
 */
import type { Split } from '#datasets/split.ts'
import { churnEpochs, meanChurn } from '#experiment/result/churn-share.ts'
import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { updatesAfter } from '#experiment/spec/training-size.ts'
import type { FusedNetwork } from '#training/fused/network.ts'

export class ChurnMeter {
  readonly #spec: ExperimentSpec
  readonly #split: Split
  readonly #network: FusedNetwork
  /** The updates after which the test examples are predicted. */
  readonly #stops: readonly number[]
  /** The predicted classes at each stop so far. */
  readonly #classes: Uint8Array[] = []
  #steps = 0
  #churn: number | null | undefined

  /** @param network at the beginning of a run */
  constructor(spec: ExperimentSpec, split: Split, network: FusedNetwork) {
    this.#spec = spec
    this.#split = split
    this.#network = network
    this.#stops = churnEpochs(spec).map((epoch) => updatesAfter(spec, epoch))
  }

  get epochs(): number {
    return this.#network.epochs
  }

  /** The mean churn of a run that is over; null if it diverged or has too few epochs. */
  get churn(): number | null {
    return this.#churn ?? null
  }

  copyHistory(numbers: Numbers, run: number): void {
    this.#network.copyHistory(numbers, run)
  }

  /** Trains at most so many more updates, stopping where it predicts. Returns whether the run has ended. */
  advance(steps: number): boolean {
    const next = this.#stops[this.#classes.length]!
    const some = Math.min(steps, next - this.#steps)
    const isOver = this.#network.advance(some)
    this.#steps += some
    const diverged = isOver && this.#network.epochs < this.#spec.epochs
    if (this.#steps === next && !diverged) this.#classes.push(this.#network.predict(this.#split.test.inputs))
    if (isOver) this.#churn = diverged ? null : meanChurn(this.#classes)
    return isOver
  }
}
