/**
 * The cache of experiments' numbers by digest: read from memory, then from KV, and otherwise trained, once for
 * concurrent requests.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import * as memoryBudgets from '#experiment/memory-budgets.ts'
import { fingerprint, type Numbers, type Outcome } from '#experiment/result/numbers.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress, Slice, TrainingSteps } from '#training/progress.ts'

import type { KvStore } from './kv-store.ts'
import { storeIfWorthwhile, type Storing } from './storage-policy.ts'
import type { Waiting } from './training-queue.ts'
import { requesterFor, type Trainings, type WorkRequester } from './trainings.ts'

/** Where the numbers of a response came from. */
export type Source = 'memory' | 'store' | 'training'

/** What a request contributes: its admission, its patience and its store. */
export interface Caller extends WorkRequester, Storing {}

type Trainer = (spec: ExperimentSpec, slice: Slice) => TrainingSteps

export class Results {
  readonly #memory = new LruCache<Outcome>(memoryBudgets.numbers, ({ numbers }) => numbers.byteLength)
  readonly #trainings: Trainings
  readonly #train: Trainer

  constructor(trainings: Trainings, train: Trainer) {
    this.#trainings = trainings
    this.#train = train
  }

  /** Whether the numbers are in memory, so that neither waiting nor admission is needed. */
  async remembers(spec: ExperimentSpec): Promise<boolean> {
    return this.#memory.get(await digestOf(spec)) !== undefined
  }

  /** The numbers of an experiment, if they are in a cache. */
  async find(
    spec: ExperimentSpec,
    { store }: Pick<Caller, 'store'>,
  ): Promise<(Outcome & { source: Source }) | undefined> {
    const digest = await digestOf(spec)
    const remembered = this.#memory.get(digest)
    if (remembered) return { ...remembered, source: 'memory' }
    // While it is being trained, KV cannot have it yet.
    const stored = this.#trainings.has(digest) ? undefined : await store.get(digest, spec)
    if (!stored) return undefined
    this.#memory.set(digest, stored)
    return { ...stored, source: 'store' }
  }

  /** Starts reading the numbers of an experiment from KV, for a later `get` with the same store. */
  async readAhead(spec: ExperimentSpec, store: KvStore): Promise<void> {
    const digest = await digestOf(spec)
    if (!this.#memory.get(digest) && !this.#trainings.has(digest)) store.readAhead(digest, spec)
  }

  /**
   * The numbers of an experiment, from a cache or trained.
   *
   * @throws BusyError if it would have to be trained and the queue is full; whatever `caller.admit` throws
   */
  async get(spec: ExperimentSpec, caller: Caller): Promise<Outcome & { source: Source }> {
    const steps = this.follow(spec, caller)
    for (;;) {
      const step = await steps.next()
      if (step.done) return step.value
    }
  }

  /**
   * The numbers of an experiment, from a cache or trained.
   *
   * @yields the training's progress, or how many trainings wait before it
   * @throws BusyError if it would have to be trained and the queue is full; whatever `caller.admit` throws
   */
  async *follow(
    spec: ExperimentSpec,
    caller: Caller,
  ): AsyncGenerator<Progress | Waiting, Outcome & { source: Source }> {
    const found = await this.find(spec, caller)
    if (found) return found
    const digest = await digestOf(spec)
    // Another request may have trained it while this one was reading KV.
    const meanwhile = this.#memory.get(digest)
    if (meanwhile) return { ...meanwhile, source: 'memory' }
    const finish = async (numbers: Numbers): Promise<Outcome> => {
      const outcome = { digest, fingerprint: await fingerprint(numbers), numbers }
      if (!this.#memory.get(digest)) {
        this.#memory.set(digest, outcome)
        const size = { work: estimateOperations(spec), bytes: numbers.byteLength }
        storeIfWorthwhile(caller, size, (seconds) => caller.store.put(outcome, seconds))
      }
      return outcome
    }
    const task = { key: digest, spec, train: this.#train, finish }
    const outcome = yield* this.#trainings.follow(task, requesterFor(caller, estimateOperations(spec)))
    return { ...outcome, source: 'training' }
  }
}
