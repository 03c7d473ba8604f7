/**
 * What else there is to know of an experiment, by its digest: from memory, else from the store, else trained, once for all
 * who ask at the same time. It is stored as JSON, compressed.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import { eachMeasurement } from '#experiment/memory-budgets.ts'
import { sha256 } from '#experiment/sha256.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import { gunzip, gzip } from './gzip.ts'
import type { Caller, Source } from './results.ts'
import { storeAsDecided } from './storage-policy.ts'
import { requesterFor, type Trainings } from './trainings.ts'

/** What a number in an array or an object takes. */
export const numberBytes = 8

/** One kind of it. */
interface Kind<Value> {
  /** Its name in keys, with a version that changes when the same spec gives another value: what is stored outlives a release. */
  name: string
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Value, void>
  /** The operations of training it. */
  workOf: (spec: ExperimentSpec) => number
  /** The bytes that a value holds, about. */
  bytesOf: (value: Value) => number
}

export class MeasurementCache<Value extends object> {
  readonly #memory: LruCache<Value>
  readonly #trainings: Trainings
  readonly #kind: Kind<Value>

  constructor(trainings: Trainings, kind: Kind<Value>) {
    this.#memory = new LruCache<Value>(eachMeasurement, kind.bytesOf)
    this.#trainings = trainings
    this.#kind = kind
  }

  /**
   * The value of a spec.
   *
   * @throws BusyError when it would have to be trained and there is no room for it; what `caller.admit` throws
   */
  async get(spec: ExperimentSpec, caller: Caller): Promise<{ value: Value; source: Source }> {
    const { name, train, workOf } = this.#kind
    const key = `${name}-${await digestOf(spec)}`
    const remembered = this.#memory.get(key)
    if (remembered) return { value: remembered, source: 'memory' }
    // While it is in flight the store cannot know it yet.
    const stored = this.#trainings.has(key) ? undefined : await caller.store.read(key)
    if (stored) {
      const value = JSON.parse(new TextDecoder().decode(await gunzip(stored.bytes))) as Value
      this.#memory.set(key, value)
      return { value, source: 'store' }
    }
    const finish = async (value: Value): Promise<Value> => {
      if (this.#memory.get(key)) return value
      this.#memory.set(key, value)
      const bytes = await gzip(new TextEncoder().encode(JSON.stringify(value)))
      const entry = { key, fingerprint: await sha256(bytes), bytes }
      const size = { work: workOf(spec), bytes: bytes.byteLength }
      storeAsDecided(caller, size, (seconds) => caller.store.write(entry, seconds))
      return value
    }
    const steps = this.#trainings.follow({ key, spec, train, finish }, requesterFor(caller, workOf(spec)))
    for (;;) {
      const step = await steps.next()
      if (step.done) return { value: step.value, source: 'training' }
    }
  }
}
