/**
 * The training queue of one isolate: the trainings that run, those that wait, and which of them may start next.
 *
 * Short trainings have slots of their own, so that a long training never delays them. Within each kind, the order is
 * first come, first served.
 */
import { estimateOperations } from '#experiment/spec/cost.ts'
import { isolateLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress } from '#training/progress.ts'

/** The error thrown if no training can start: the queue is full, or no slot became free in time. */
export class BusyError extends Error {
  override name = 'BusyError'
}

/** The position of a waiting training. */
export interface Waiting {
  /** How many of its kind start before it. */
  before: number
}

type QueueKind = 'short' | 'long'

/** A request that waits for a training's outcome. Only its identity matters. */
export type Subscriber = symbol

export interface Job {
  readonly key: string
  readonly kind: QueueKind
  readonly subscribers: Set<Subscriber>
  /** The subscriber whose request runs its slices. */
  owner: Subscriber
  /** When the owner last ran or checked it, in milliseconds. */
  lastActiveAt: number
  isAdmitted?: boolean
  /** Undefined while it waits. */
  training?: Generator<Progress, object, void>
  progress?: Progress
  product?: object
  outcome?: object
  failure?: unknown
  /** Whether it was stopped and freed before its end. */
  isStopped?: boolean
}

/** The limits of a queue. */
export interface QueueOptions {
  /**
   * The most running trainings of each kind; the most that wait for a slot, and how long a request waits, in
   * milliseconds.
   */
  inFlight: Readonly<Record<QueueKind, number>>
  waiting: { readonly most: number; readonly longest: number }
  /** The inactivity after which another subscriber becomes the owner, in milliseconds. */
  takeoverAfter: number
  /** The inactivity after which a training is stopped because its requests are gone, in milliseconds. */
  abandonAfter: number
}

export class TrainingQueue {
  /** In order of arrival. */
  readonly #jobs = new Map<string, Job>()
  readonly #options: QueueOptions

  constructor(options: QueueOptions) {
    this.#options = options
  }

  get(key: string): Job | undefined {
    return this.#jobs.get(key)
  }

  /** The number of jobs, running or waiting. */
  get count(): number {
    return this.#jobs.size
  }

  /** The number of running jobs. */
  get inFlight(): number {
    return this.#count(({ training }) => training !== undefined)
  }

  /**
   * Adds a job for a key that has none.
   *
   * @param isPatient whether it is added regardless of how many wait
   * @throws BusyError if there is no free slot and the queue is full
   */
  open(key: string, spec: ExperimentSpec, owner: Subscriber, isPatient = false): Job {
    this.#sweep()
    const kind = estimateOperations(spec) <= isolateLimits.shortWork ? 'short' : 'long'
    const without = (of: QueueKind) => this.#count((job) => job.kind === of) - this.#options.inFlight[of]
    const waiting = Math.max(0, without('short')) + Math.max(0, without('long'))
    if (!isPatient && without(kind) >= 0 && waiting >= this.#options.waiting.most)
      throw new BusyError(`${waiting} trainings wait for room`)
    const job: Job = { key, kind, subscribers: new Set(), owner, lastActiveAt: Date.now() }
    this.#jobs.set(key, job)
    return job
  }

  /**
   * Whether a waiting job may start: there is a free slot of its kind, and enough of them for the jobs that wait before
   * it.
   */
  hasRoom(job: Job): boolean {
    this.#sweep()
    const training = this.#count(({ kind, training: begun }) => kind === job.kind && begun !== undefined)
    return training + this.waitingBefore(job) < this.#options.inFlight[job.kind]
  }

  /** How many jobs of the same kind wait before a waiting job. */
  waitingBefore(job: Job): number {
    let isBefore = true
    return this.#count((other) => {
      if (other === job) isBefore = false
      return isBefore && other.kind === job.kind && !other.training && !this.isSilent(other)
    })
  }

  /**
   * Whether a job shows no activity at the moment. If the clock was set back since its last activity, it counts as
   * inactive.
   */
  isSilent({ lastActiveAt }: Job): boolean {
    const elapsed = Date.now() - lastActiveAt
    return elapsed < 0 || elapsed > this.#options.takeoverAfter
  }

  /** Stops a training and frees its memory. */
  stop(job: Job): void {
    if (!this.forget(job)) return
    job.isStopped = true
    job.training?.return(job.product as never)
  }

  /** Removes a job. Returns whether it was present: another job with its key may have replaced it. */
  forget(job: Job): boolean {
    return this.#jobs.get(job.key) === job && this.#jobs.delete(job.key)
  }

  /** Stops jobs without activity, since requests can end without any notification. */
  #sweep(): void {
    const now = Date.now()
    for (const job of this.#jobs.values()) {
      // If the clock was set back, the time restarts.
      job.lastActiveAt = Math.min(job.lastActiveAt, now)
      if (now - job.lastActiveAt > this.#options.abandonAfter) this.stop(job)
    }
  }

  #count(counts: (job: Job) => boolean): number {
    let count = 0
    for (const job of this.#jobs.values()) if (counts(job)) count++
    return count
  }
}
