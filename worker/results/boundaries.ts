/**
 * Decision boundaries by the digest of their one run: from memory, else trained, once for all who ask at the same time.
 * They are not stored: parameters are no part of the numbers, and a run is soon trained again.
 */
import type { Boundary } from '#experiment/boundary.ts'
import { digest as digestOf } from '#experiment/digest.ts'
import { Recent } from '#experiment/recent.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import type { Source } from './results.ts'
import type { Asker, Trainings } from './trainings.ts'

type Trainer = (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Boundary, void>

/** Bytes of boundaries held in memory. */
const memoryBytes = 4 * 1024 * 1024
/** What a cell holds: a number in an array. */
const cellBytes = 8

export class Boundaries {
  readonly #memory = new Recent<Boundary>(memoryBytes, ({ columns, rows }) => columns * rows * cellBytes)
  readonly #trainings: Trainings
  readonly #train: Trainer

  constructor(trainings: Trainings, train: Trainer) {
    this.#trainings = trainings
    this.#train = train
  }

  /**
   * The decision boundary of an experiment's first run.
   *
   * @throws BusyError when it would have to be trained and there is no room for it; what `asker.admit` throws
   */
  async get(spec: ExperimentSpec, asker: Asker): Promise<{ boundary: Boundary; source: Source }> {
    const run = { ...spec, seeds: 1 }
    const key = `boundary-${await digestOf(run)}`
    const remembered = this.#memory.get(key)
    if (remembered) return { boundary: remembered, source: 'memory' }
    const finish = async (boundary: Boundary): Promise<Boundary> => {
      this.#memory.set(key, boundary)
      return boundary
    }
    const steps = this.#trainings.follow({ key, spec: run, train: this.#train, finish }, asker)
    for (;;) {
      const step = await steps.next()
      if (step.done) return { boundary: step.value, source: 'training' }
    }
  }
}
