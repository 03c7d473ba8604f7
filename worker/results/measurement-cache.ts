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

/** What is to be measured: an experiment and, for some kinds, more. */
interface Question {
  spec: ExperimentSpec
}

/** A kind of measurement. */
interface Kind<Asked extends Question, Value> {
  /**
   * The prefix of its keys, with a version that changes whenever the same question gives another value, since stored
   * values outlive a release.
   */
  name: string
  /** What distinguishes questions about the same experiment; empty for the default. */
  detailsOf?: (question: Asked) => Promise<string>
  train: (question: Asked, slice: Slice) => Generator<Progress, Value, void>
  /** The estimated operations of training it. */
  workOf: (question: Asked) => number
  /** The estimated bytes of a value. */
  bytesOf: (value: Value) => number
}

export class MeasurementCache<Asked extends Question, Value extends object> {
  readonly #memory: LruCache<Value>
  readonly #trainings: Trainings
  readonly #kind: Kind<Asked, Value>

  constructor(trainings: Trainings, kind: Kind<Asked, Value>) {
    this.#memory = new LruCache<Value>(eachMeasurement, kind.bytesOf)
    this.#trainings = trainings
    this.#kind = kind
  }

  /** The identity of a measurement: its key in KV, of which its ETag is made, too. */
  async keyOf(question: Asked): Promise<string> {
    const { name, detailsOf } = this.#kind
    const details = await detailsOf?.(question)
    return [name, await digestOf(question.spec), ...(details ? [details] : [])].join('-')
  }

  /**
   * A measurement.
   *
   * @throws BusyError if it would have to be trained and the queue is full; whatever `caller.admit` throws
   */
  async get(question: Asked, caller: Caller): Promise<{ value: Value; source: Source }> {
    const { train, workOf } = this.#kind
    const key = await this.keyOf(question)
    const work = workOf(question)
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
      const size = { work, bytes: bytes.byteLength }
      storeIfWorthwhile(caller, size, (seconds) => caller.store.write(entry, seconds))
      return value
    }
    const task = {
      key,
      spec: question.spec,
      train: (_: ExperimentSpec, slice: Slice) => train(question, slice),
      finish,
    }
    const steps = this.#trainings.follow(task, requesterFor(caller, work))
    for (;;) {
      const step = await steps.next()
      if (step.done) return { value: step.value, source: 'training' }
    }
  }
}
