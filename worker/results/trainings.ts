/**
 * Request coalescing for trainings: identical requests share one job of the queue, and the others wait for room.
 *
 * A promise that belongs to a request whose client went away may never settle, so no request awaits another's promise
 * here. A training is a plain iterator. One of its subscribers owns it: its request admits, starts and runs it slice by
 * slice, and stores the outcome. The other subscribers poll. When the owner shows no activity, another takes over where it
 * stopped.
 */
import { isolateLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { Slice, type Progress } from '#training/progress.ts'

import {
  BusyError,
  TrainingQueue,
  type Job,
  type QueueOptions,
  type Subscriber,
  type Waiting,
} from './training-queue.ts'

/** What is to be trained, and what becomes of it. */
export interface Task<Product extends object, Outcome extends object> {
  /** Its identity: equal for those who ask the same. */
  key: string
  spec: ExperimentSpec
  /** Starts it, in slices that are shorter the more trainings run. */
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Product, void>
  /** Makes of the product what all subscribers get, and remembers it: who asks later finds it there. */
  finish: (product: Product) => Promise<Outcome>
}

/** Who asks for a training. */
export interface Requester {
  /** Asked before it begins; throws where it may not. Those who join are not asked. */
  admit: () => Promise<void>
  /** It waits for room as long as it takes: it is a part of something that has begun. */
  isPatient?: boolean
  /** Aborts when the client is gone. */
  signal?: AbortSignal
}

/** Who asks for trainings, and is asked by their work. */
export interface WorkRequester extends Omit<Requester, 'admit'> {
  /** Asked with the estimated operations of a training before it begins; throws where it may not. */
  admit: (work: number) => Promise<void>
}

/** One who asks for trainings, as one who asks for a single one. */
export function requesterFor({ admit, isPatient = false, signal }: WorkRequester, work: number): Requester {
  return { admit: () => admit(work), isPatient, ...(signal ? { signal } : {}) }
}

/** How often a subscriber looks at a training that another request runs, or that waits, in milliseconds. */
const pollMs = 20

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

export class Trainings {
  readonly #queue: TrainingQueue
  readonly #longestWait: number

  constructor(options: Partial<QueueOptions> = {}) {
    const { inFlight, waiting } = isolateLimits
    const all = { inFlight, waiting, takeoverAfter: 250, abandonAfter: 5000, ...options }
    this.#queue = new TrainingQueue(all)
    this.#longestWait = all.waiting.longest
  }

  /** How many train or wait. */
  get count(): number {
    return this.#queue.count
  }

  /** Whether something is being trained, or waits for it. */
  has(key: string): boolean {
    return this.#queue.get(key) !== undefined
  }

  /**
   * Follows a training, starting it where nobody asked for it before, to its end.
   *
   * @yields the progress after each slice; before the first, while there is no room, how many wait before it
   * @throws BusyError when there is no room; what `admit` throws
   */
  async *follow<Product extends object, Outcome extends object>(
    task: Task<Product, Outcome>,
    requester: Requester,
  ): AsyncGenerator<Progress | Waiting, Outcome> {
    const { signal } = requester
    const subscriber: Subscriber = Symbol('subscriber')
    let since = Date.now()
    let job = this.#join(task, subscriber, requester)
    const leave = () => this.#leave(job, subscriber)
    signal?.addEventListener('abort', leave)
    try {
      for (;;) {
        signal?.throwIfAborted()
        if (job.isStopped) job = this.#join(task, subscriber, requester)
        if (job.failure !== undefined) throw job.failure
        const isOwner = !job.outcome && this.#owns(job, subscriber)
        if (isOwner) await this.#advance(job, task, requester)
        // Tasks with one key have outcomes of one kind.
        if (job.outcome) return job.outcome as Outcome
        if (job.progress) yield job.progress
        const waits = !job.training
        // Who is not admitted may still be refused, with a status of its own.
        if (waits && job.isAdmitted) yield { before: this.#queue.waitingBefore(job) }
        // A clock that was set back begins anew.
        since = Math.min(since, Date.now())
        if (waits && !requester.isPatient && Date.now() - since > this.#longestWait)
          throw new BusyError(`no room in ${this.#longestWait} ms`)
        await pause(isOwner && !waits ? 0 : pollMs)
      }
    } finally {
      signal?.removeEventListener('abort', leave)
      leave()
    }
  }

  #join(
    { key, spec }: Pick<Task<never, object>, 'key' | 'spec'>,
    subscriber: Subscriber,
    { isPatient = false }: Requester,
  ): Job {
    const job = this.#queue.get(key) ?? this.#queue.open(key, spec, subscriber, isPatient)
    job.subscribers.add(subscriber)
    return job
  }

  #leave(job: Job, subscriber: Subscriber): void {
    job.subscribers.delete(subscriber)
    if (job.subscribers.size === 0) this.#queue.stop(job)
  }

  /** Whether it is for this follower to bring a training further: it isOwner it, or takes over. */
  #owns(job: Job, subscriber: Subscriber): boolean {
    if (!job.subscribers.has(job.owner) || this.#queue.isSilent(job)) job.owner = subscriber
    if (job.owner !== subscriber) return false
    job.lastActiveAt = Date.now()
    return true
  }

  /** Runs the next part of a job: its admission, its start where there is room, a slice, its outcome. */
  async #advance<Product extends object>(
    job: Job,
    { spec, train, finish }: Task<Product, object>,
    { admit }: Requester,
  ): Promise<void> {
    if (!job.isAdmitted) {
      await admit()
      // Another may have taken over meanwhile.
      if (job.isAdmitted || job.isStopped) return
      job.isAdmitted = true
    }
    if (!job.training) {
      if (!this.#queue.hasRoom(job)) return
      job.training = train(spec, new Slice(() => this.#queue.inFlight))
    }
    if (!job.product) this.#trainSlice(job, job.training)
    if (!job.product) return
    job.outcome = await finish(job.product as Product)
    this.#queue.forget(job)
  }

  #trainSlice(job: Job, training: Generator<Progress, object, void>): void {
    try {
      const slice = training.next()
      job.lastActiveAt = Date.now()
      if (slice.done) job.product = slice.value
      else job.progress = slice.value
    } catch (error) {
      // Kept for the other subscribers: the training is over, and would fail again.
      job.failure = error
      this.#queue.forget(job)
      throw error
    }
  }
}
