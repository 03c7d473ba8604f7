/**
 * Results by digest: from memory, else from the store, else trained, once for all who ask at the same time.
 */
import { digest as digestOf } from '#experiment/digest.ts'
import { fingerprint, type Numbers, type Outcome } from '#experiment/numbers.ts'
import { Recent } from '#experiment/recent.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import type { Progress } from '#training/progress.ts'

import type { Store } from './store.ts'
import type { Trainings } from './trainings.ts'

/** Where the numbers of an answer came from. */
export type Source = 'memory' | 'store' | 'training'

/** What a request brings along. */
export interface Caller {
  store: Store
  /** Keeps the isolate working after the answer, as `ctx.waitUntil` does. */
  waitUntil: (work: Promise<unknown>) => void
  /** Asked before a training begins; throws where it may not. Not asked for what is cached or already in flight. */
  admit: () => Promise<void>
  /** Aborts when the client is gone. */
  signal?: AbortSignal
}

/** Numbers held in memory, of an isolate's 128 MB. */
const memoryBytes = 16 * 1024 * 1024

export class Results {
  readonly #memory = new Recent<Outcome>(memoryBytes, ({ numbers }) => numbers.byteLength)
  readonly #trainings: Trainings<Numbers, Outcome>

  constructor(trainings: Trainings<Numbers, Outcome>) {
    this.#trainings = trainings
  }

  /** The numbers of an experiment. */
  async get(spec: ExperimentSpec, caller: Caller): Promise<Outcome & { source: Source }> {
    const steps = this.follow(spec, caller)
    for (;;) {
      const step = await steps.next()
      if (step.done) return step.value
    }
  }

  /**
   * The numbers of an experiment, with progress on the way there.
   *
   * @throws BusyError when it would have to be trained and there is no room for it; what `caller.admit` throws
   */
  async *follow(spec: ExperimentSpec, caller: Caller): AsyncGenerator<Progress, Outcome & { source: Source }> {
    const digest = await digestOf(spec)
    const remembered = this.#memory.get(digest)
    if (remembered) return { ...remembered, source: 'memory' }
    // While it is in flight the store cannot know it yet.
    const stored = this.#trainings.has(digest) ? undefined : await caller.store.get(digest, spec)
    if (stored) {
      this.#memory.set(digest, stored)
      return { ...stored, source: 'store' }
    }
    // Another request may have trained it while this one asked the store.
    const meanwhile = this.#memory.get(digest)
    if (meanwhile) return { ...meanwhile, source: 'memory' }
    if (!this.#trainings.has(digest)) await caller.admit()
    const outcome = yield* this.#trainings.follow(digest, spec, {
      signal: caller.signal,
      finish: async (numbers) => {
        const proof = await fingerprint(numbers)
        const known = this.#memory.get(digest)
        // Another follower took over while this one waited for the proof.
        if (known) return known
        const trained = { digest, fingerprint: proof, numbers }
        this.#memory.set(digest, trained)
        caller.waitUntil(caller.store.put(trained))
        return trained
      },
    })
    return { ...outcome, source: 'training' }
  }
}
