/**
 * The queue of one isolate's trainings: those that train now, those that wait, and which of them may begin.
 *
 * Short trainings have places of their own, so that a long one never holds them up; within each kind the order is first
 * come, first served.
 */
import { estimateOperations } from '#experiment/spec/cost.ts'
import { isolateLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress } from '#training/progress.ts'

/** No training could begin: the queue is full, or no place became free in time. */
export class BusyError extends Error {
  override name = 'BusyError'
}

/** The position of a training that waits. */
export interface Waiting {
  /** How many of its kind begin before it. */
  before: number
}

type QueueKind = 'short' | 'long'

/** A request that waits for a training's outcome; only its identity matters. */
export type Subscriber = symbol

export interface Job {
  readonly key: string
  readonly kind: QueueKind
  readonly subscribers: Set<Subscriber>
  /** The subscriber whose request runs its slices. */
  owner: Subscriber
  /** When the owner last ran a slice or looked at it, in milliseconds. */
  lastActiveAt: number
  isAdmitted?: boolean
  /** Undefined while it waits. */
  training?: Generator<Progress, object, void>
  progress?: Progress
  product?: object
  outcome?: object
  failure?: unknown
  /** Stopped and freed before its end. */
  isStopped?: boolean
}

/** The limits of a queue. */
export interface QueueOptions {
  /** The most trainings in job; the most that wait for room, and how long anyone waits, in milliseconds. */
  inFlight: Readonly<Record<QueueKind, number>>
  waiting: { readonly most: number; readonly longest: number }
  /** After how long without activity another subscriber becomes the owner, in milliseconds. */
  takeoverAfter: number
  /** After how long without activity a training is stopped, in milliseconds: its requests are gone. */
  abandonAfter: number
}

export class TrainingQueue {
  /** In the order in which they were asked for. */
  readonly #jobs = new Map<string, Job>()
  readonly #options: QueueOptions

  constructor(options: QueueOptions) {
    this.#options = options
  }

  get(key: string): Job | undefined {
    return this.#jobs.get(key)
  }

  /** How many are there, in job or waiting. */
  get count(): number {
    return this.#jobs.size
  }

  /** How many are in job. */
  get inFlight(): number {
    return this.#count(({ training }) => training !== undefined)
  }

  /**
   * Lines up what was not asked for yet.
   *
   * @param isPatient whether it is lined up however many wait
   * @throws BusyError when there is no place for it, and as many wait as may
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

  /** Whether one that waits may begin: its kind has a place for it, beside those that were there before. */
  hasRoom(job: Job): boolean {
    this.#sweep()
    const training = this.#count(({ kind, training: begun }) => kind === job.kind && begun !== undefined)
    return training + this.waitingBefore(job) < this.#options.inFlight[job.kind]
  }

  /** How many wait before one that waits, for a place of the same kind. */
  waitingBefore(job: Job): number {
    let isBefore = true
    return this.#count((other) => {
      if (other === job) isBefore = false
      return isBefore && other.kind === job.kind && !other.training && !this.isSilent(other)
    })
  }

  /** Whether nobody cares for a training at the moment; a clock that was set back since then says that nobody does. */
  isSilent({ lastActiveAt }: Job): boolean {
    const elapsed = Date.now() - lastActiveAt
    return elapsed < 0 || elapsed > this.#options.takeoverAfter
  }

  /** Gives a training up, and frees what it holds. */
  stop(job: Job): void {
    if (!this.forget(job)) return
    job.isStopped = true
    job.training?.return(job.product as never)
  }

  /** Takes a training out. Returns whether it was there: another with its key may have taken its place. */
  forget(job: Job): boolean {
    return this.#jobs.get(job.key) === job && this.#jobs.delete(job.key)
  }

  /** Stops what nobody cares for any more: a request can end without a word. */
  #sweep(): void {
    const now = Date.now()
    for (const job of this.#jobs.values()) {
      // Where the clock was set back, the time begins anew.
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
