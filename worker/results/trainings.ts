/**
 * Request coalescing for trainings: identical requests share one job of the queue, and other jobs wait for a slot.
 *
 * A promise that belongs to a request whose client has disconnected may never settle, so no request awaits another's
 * promise here. A training is a plain iterator. One of its subscribers owns it: the owner's request admits, starts and
 * runs it slice by slice, and stores the outcome. The other subscribers poll. If the owner shows no activity, another
 * subscriber takes over where it stopped.
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

/** A training and the handling of its outcome. */
export interface Task<Product extends object, Outcome extends object> {
  /** Its identity, equal for identical requests. */
  key: string
  spec: ExperimentSpec
  /** Starts the training, in slices that get shorter the more trainings run. */
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Product, void>
  /** Converts the product to the outcome that all subscribers get, and caches it for later requests. */
  finish: (product: Product) => Promise<Outcome>
}

/** A request for a training. */
export interface Requester {
  /**
   * Called before the training starts; throws if it may not. It is not called for requests that join a running
   * training.
   */
  admit: () => Promise<void>
  /** Whether it waits for a slot without a time limit, because it is part of a request that has already started. */
  isPatient?: boolean
  /** Aborts when the client disconnects. */
  signal?: AbortSignal
}

/** A request for trainings that are admitted by their work. */
export interface WorkRequester extends Omit<Requester, 'admit'> {
  /** Called with the estimated operations of a training before it starts; throws if it may not. */
  admit: (work: number) => Promise<void>
}

/** The requester of a single training with a known amount of work. */
export function requesterFor({ admit, isPatient = false, signal }: WorkRequester, work: number): Requester {
  return { admit: () => admit(work), isPatient, ...(signal ? { signal } : {}) }
}

/** How often a subscriber polls a training that another request runs, or that waits, in milliseconds. */
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

  /** The number of jobs, running or waiting. */
  get count(): number {
    return this.#queue.count
  }

  /** Whether there is a job for a key, running or waiting. */
  has(key: string): boolean {
    return this.#queue.get(key) !== undefined
  }

  /**
   * Follows a training to its end, and starts it if no other request has.
   *
   * @yields the progress after each slice; while it waits for a slot, how many trainings wait before it
   * @throws BusyError if there is no slot in time; whatever `admit` throws
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
        // Tasks with the same key have outcomes of the same type.
        if (job.outcome) return job.outcome as Outcome
        if (job.progress) yield job.progress
        const waits = !job.training
        // A job that is not admitted yet may still be refused with an error status, so nothing is yielded before.
        if (waits && job.isAdmitted) yield { before: this.#queue.waitingBefore(job) }
        // If the clock was set back, the waiting time restarts.
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

  /** Whether this subscriber is to continue the job, because it is the owner or takes over. */
  #owns(job: Job, subscriber: Subscriber): boolean {
    if (!job.subscribers.has(job.owner) || this.#queue.isSilent(job)) job.owner = subscriber
    if (job.owner !== subscriber) return false
    job.lastActiveAt = Date.now()
    return true
  }

  /** Runs the next part of a job: its admission, its start if there is a slot, a slice, or its outcome. */
  async #advance<Product extends object>(
    job: Job,
    { spec, train, finish }: Task<Product, object>,
    { admit }: Requester,
  ): Promise<void> {
    if (!job.isAdmitted) {
      await admit()
      // Another subscriber may have taken over in the meantime.
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
      // Stored for the other subscribers: the training has ended, and would fail again.
      job.failure = error
      this.#queue.forget(job)
      throw error
    }
  }
}
