/** The kernel driven step by step, in orders that are given: for traces. Losses are those of its parameters. */
import type { Split } from '#datasets/split.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { pickRows } from '#training/fused/gradients.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import type { Layer } from '#training/initializers.ts'
import type { Network, Score } from '#training/network.ts'

import { ReferenceNetwork } from './reference-network.ts'

export class FusedSteps implements Pick<Network, 'arrange' | 'step' | 'evaluate' | 'parameters'> {
  readonly #spec: ExperimentSpec
  readonly #split: Split
  readonly #kernel: FusedNetwork
  #order: Uint32Array = new Uint32Array()

  /** @param spec without shuffling: the orders come from outside */
  constructor(spec: ExperimentSpec, initial: Layer[], split: Split) {
    this.#spec = spec
    this.#split = split
    this.#kernel = new FusedNetwork(spec, split)
    this.#kernel.begin(spec.seed)
    this.#kernel.setParameters(initial)
  }

  arrange(order: Uint32Array): void {
    this.#order = order
    const { train, test } = this.#split
    // A snapshot keeps everything but the rows, and going back to it takes them anew.
    const snapshot = this.#kernel.snapshot()
    this.#kernel.setRows({ train: pickRows(train, order), test })
    this.#kernel.restore(snapshot)
  }

  step(start: number, count: number, learningRate: number): Score {
    const reference = new ReferenceNetwork(this.#spec, this.#kernel.parameters, this.#split)
    reference.arrange(this.#order)
    const score = reference.step(start, count, learningRate)
    this.#kernel.advance(1)
    return score
  }

  evaluate(): { train: Score; test: Score } {
    return new ReferenceNetwork(this.#spec, this.#kernel.parameters, this.#split).evaluate()
  }

  parameters(): Float32Array[] {
    return this.#kernel.parameters.flatMap(({ weights, biases }) => [weights, biases])
  }

  dispose(): void {
    this.#kernel.dispose()
  }
}
