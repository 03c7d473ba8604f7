/**
 * Decision boundaries by the digest of their one run: from memory, else trained, once for all who ask at the same time.
 * They are not stored: parameters are no part of the numbers, and a run is soon trained again.
 */
import { LRUCache } from 'lru-cache'

import type { Boundary } from '#experiment/boundary.ts'
import { digest as digestOf } from '#experiment/digest.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import type { Caller, Source } from './results.ts'
import type { Trainings } from './trainings.ts'

/** Boundaries held in memory, of some 80 kB each. */
const most = 50

export class Boundaries {
  readonly #memory = new LRUCache<string, Boundary>({ max: most })
  readonly #trainings: Trainings<Boundary>

  constructor(trainings: Trainings<Boundary>) {
    this.#trainings = trainings
  }

  /**
   * The decision boundary of an experiment's first run.
   *
   * @throws BusyError when it would have to be trained and there is no room for it; what `caller.admit` throws
   */
  async get(spec: ExperimentSpec, caller: Caller): Promise<{ boundary: Boundary; source: Source }> {
    const run = { ...spec, seeds: 1 }
    const digest = await digestOf(run)
    const remembered = this.#memory.get(digest)
    if (remembered) return { boundary: remembered, source: 'memory' }
    if (!this.#trainings.has(digest)) await caller.admit()
    const steps = this.#trainings.follow(digest, run, caller.signal)
    for (;;) {
      const step = await steps.next()
      if (!step.done) continue
      this.#memory.set(digest, step.value.product)
      return { boundary: step.value.product, source: 'training' }
    }
  }
}
