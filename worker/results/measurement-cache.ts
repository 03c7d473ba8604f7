/**
 * The cache of measurements of runs other than their numbers, by kind and digest: read from memory, then from KV, and
 * otherwise trained, once for concurrent requests. In KV they are stored as gzip-compressed JSON.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import { eachMeasurement } from '#experiment/memory-budgets.ts'
import { sha256 } from '#experiment/sha256.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import { gunzip, gzip } from './gzip.ts'
import type { Caller, Source } from './results.ts'
import { storeIfWorthwhile } from './storage-policy.ts'
import { requesterFor, type Trainings } from './trainings.ts'

/** The estimated bytes of a number in an array or an object. */
export const numberBytes = 8

/** A kind of measurement. */
interface Kind<Value> {
  /**
   * The prefix of its keys, with a version that changes whenever the same spec gives another value, since stored values
   * outlive a release.
   */
  name: string
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Value, void>
  /** The estimated operations of training it. */
  workOf: (spec: ExperimentSpec) => number
  /** The estimated bytes of a value. */
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
   * The measurement of a spec.
   *
   * @throws BusyError if it would have to be trained and the queue is full; whatever `caller.admit` throws
   */
  async get(spec: ExperimentSpec, caller: Caller): Promise<{ value: Value; source: Source }> {
    const { name, train, workOf } = this.#kind
    const key = `${name}-${await digestOf(spec)}`
    const remembered = this.#memory.get(key)
    if (remembered) return { value: remembered, source: 'memory' }
    // While it is being trained, KV cannot have it yet.
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
      storeIfWorthwhile(caller, size, (seconds) => caller.store.write(entry, seconds))
      return value
    }
    const steps = this.#trainings.follow({ key, spec, train, finish }, requesterFor(caller, workOf(spec)))
    for (;;) {
      const step = await steps.next()
      if (step.done) return { value: step.value, source: 'training' }
    }
  }
}
