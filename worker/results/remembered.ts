/**
 * What else there is to know of an experiment, by its digest: from memory, else trained, once for all who ask at the
 * same time. It is not stored: it is no part of the numbers, and is soon made again.
 */
import { digest as digestOf } from '#experiment/digest.ts'
import { Recent } from '#experiment/recent.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import type { Source } from './results.ts'
import { askerOf, type Trainings, type WorkAsker } from './trainings.ts'

/** Bytes of each kind held in memory. */
const memoryBytes = 4 * 1024 * 1024
/** What a number in an array or an object takes. */
export const numberBytes = 8

/** One kind of it. */
interface Kind<Value> {
  /** Its name in keys. */
  name: string
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Value, void>
  /** The operations of training it. */
  workOf: (spec: ExperimentSpec) => number
  /** The bytes that a value holds, about. */
  bytesOf: (value: Value) => number
}

export class Remembered<Value extends object> {
  readonly #memory: Recent<Value>
  readonly #trainings: Trainings
  readonly #kind: Kind<Value>

  constructor(trainings: Trainings, kind: Kind<Value>) {
    this.#memory = new Recent<Value>(memoryBytes, kind.bytesOf)
    this.#trainings = trainings
    this.#kind = kind
  }

  /**
   * The value of a spec.
   *
   * @throws BusyError when it would have to be trained and there is no room for it; what `asker.admit` throws
   */
  async get(spec: ExperimentSpec, asker: WorkAsker): Promise<{ value: Value; source: Source }> {
    const { name, train, workOf } = this.#kind
    const key = `${name}-${await digestOf(spec)}`
    const remembered = this.#memory.get(key)
    if (remembered) return { value: remembered, source: 'memory' }
    const finish = async (value: Value): Promise<Value> => {
      this.#memory.set(key, value)
      return value
    }
    const steps = this.#trainings.follow({ key, spec, train, finish }, askerOf(asker, workOf(spec)))
    for (;;) {
      const step = await steps.next()
      if (step.done) return { value: step.value, source: 'training' }
    }
  }
}
