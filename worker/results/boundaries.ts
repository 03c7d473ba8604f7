/**
 * Decision boundaries by the digest of their one run: from memory, else trained, once for all who ask at the same time.
 * They are not stored: parameters are no part of the numbers, and a run is soon trained again.
 */
import type { Boundary } from '#experiment/boundary.ts'
import { digest as digestOf } from '#experiment/digest.ts'
import { Recent } from '#experiment/recent.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import type { Caller, Source } from './results.ts'
import type { Trainings } from './trainings.ts'

/** Boundaries held in memory: some fifty, of 10,000 numbers each. */
const memoryBytes = 4 * 1024 * 1024

export class Boundaries {
  readonly #memory = new Recent<Boundary>(memoryBytes, ({ classes }) => (classes?.length ?? 0) * 8)
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
    const steps = this.#trainings.follow(digest, run, {
      signal: caller.signal,
      finish: async (boundary) => {
        this.#memory.set(digest, boundary)
        return boundary
      },
    })
    for (;;) {
      const step = await steps.next()
      if (step.done) return { boundary: step.value, source: 'training' }
    }
  }
}
