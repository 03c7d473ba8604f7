/**
 * The trainings in flight in this isolate: identical requests share one, their number is bounded, and others wait for
 * room.
 *
 * A promise that belongs to a request whose client went away may never settle, so nobody waits for another's promise
 * here. A training is a plain iterator; one of its followers drives it, slice by slice, with timers of its own, and
 * finishes it: what it came to is remembered before it leaves the list of those in flight, so nobody can ask in between
 * and have it trained again. When the driver falls silent another follower takes over where it stopped.
 */
import type { ExperimentSpec } from '#experiment/spec.ts'
import { work } from '#experiment/work.ts'
import { Slice, type Progress } from '#training/progress.ts'

import { WaitingRoom, type WaitingLimits } from './waiting-room.ts'

/** Who follows a training; only its identity matters. */
type Follower = symbol

interface Flight<Product, Finished> {
  training: Generator<Progress, Product, void>
  isLong: boolean
  followers: Set<Follower>
  driver: Follower
  /** When it was last advanced, in milliseconds. */
  advancedAt: number
  progress?: Progress
  product?: Product
  finished?: Finished
  failure?: unknown
  /** Given up and freed before its end. */
  isStopped?: boolean
}

interface TrainingsOptions<Product> {
  /** Starts a training, in slices that are shared out among those in flight. */
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Product, void>
  /** The most trainings in flight; one place of several is kept for short ones. */
  most: number
  /** Who may wait for room. */
  waiting: WaitingLimits
  /** How long a driver may be silent before another takes over, in milliseconds. */
  patience?: number
  /** How long a training is kept that nobody advances, in milliseconds: its followers are gone. */
  keep?: number
}

/** What a follower brings along. */
export interface Following<Product, Finished> {
  /** Remembers what the training came to; called by whoever ends it, again by another where that one falls silent. */
  finish: (product: Product) => Promise<Finished>
  /** Aborts when the client is gone; the training stops at the next slice unless others follow it. */
  signal?: AbortSignal | undefined
}

/** From this many estimated operations on a training is a long one: about half a second. */
const longWork = 1e10
/** How often a follower that does not drive looks at the training, in milliseconds. */
const glance = 20

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/**
 * @typeParam Product what a training returns: the numbers, or the decision boundary
 * @typeParam Finished what its followers get
 */
export class Trainings<Product extends object, Finished extends object = Product> {
  readonly #flights = new Map<string, Flight<Product, Finished>>()
  readonly #waiting: WaitingRoom
  readonly #options: Required<TrainingsOptions<Product>>

  constructor(options: TrainingsOptions<Product>) {
    this.#options = { patience: 250, keep: 5000, ...options }
    this.#waiting = new WaitingRoom(options.waiting)
  }

  /** How many are in flight. */
  get count(): number {
    return this.#flights.size
  }

  /** Whether an experiment is being trained. */
  has(digest: string): boolean {
    return this.#flights.has(digest)
  }

  /**
   * Follows the training of an experiment, starting it where it is not in flight, to its end.
   *
   * @yields the progress after each slice
   * @returns what finishing it gave
   * @throws BusyError when too many others are in flight or wait
   */
  async *follow(
    digest: string,
    spec: ExperimentSpec,
    { finish, signal }: Following<Product, Finished>,
  ): AsyncGenerator<Progress, Finished> {
    const me: Follower = Symbol('follower')
    const since = Date.now()
    let flight = this.#join(digest, spec, me, since)
    const leave = () => {
      if (flight) this.#leave(digest, flight, me)
      else this.#waiting.leave(digest)
    }
    signal?.addEventListener('abort', leave)
    try {
      for (;;) {
        signal?.throwIfAborted()
        if (!flight || flight.isStopped) flight = this.#join(digest, spec, me, since)
        if (flight) {
          await this.#advance(digest, flight, me, finish)
          if (flight.finished) return flight.finished
          if (flight.progress) yield flight.progress
        }
        await pause(flight?.driver === me ? 0 : glance)
      }
    } finally {
      signal?.removeEventListener('abort', leave)
      leave()
    }
  }

  /** The training, joined or begun; undefined while it waits for room. */
  #join(digest: string, spec: ExperimentSpec, me: Follower, since: number): Flight<Product, Finished> | undefined {
    const flight = this.#flights.get(digest) ?? this.#start(digest, spec, me, since)
    flight?.followers.add(me)
    return flight
  }

  #start(digest: string, spec: ExperimentSpec, driver: Follower, since: number): Flight<Product, Finished> | undefined {
    this.#sweep()
    const estimate = work(spec)
    const isLong = estimate > longWork
    if (!this.#waiting.isNext(digest, { work: estimate, isLong, since }, (long) => this.#hasRoom(long)))
      return undefined
    const flight: Flight<Product, Finished> = {
      training: this.#options.train(spec, new Slice(() => this.#flights.size)),
      isLong,
      followers: new Set(),
      driver,
      advancedAt: Date.now(),
    }
    this.#flights.set(digest, flight)
    return flight
  }

  #hasRoom(isLong: boolean): boolean {
    const { most } = this.#options
    if (this.#flights.size >= most) return false
    const long = [...this.#flights.values()].filter((flight) => flight.isLong).length
    return !isLong || most === 1 || long < most - 1
  }

  /** Advances a training by a slice, or finishes it, if that is for this follower to do. */
  async #advance(
    digest: string,
    flight: Flight<Product, Finished>,
    me: Follower,
    finish: (product: Product) => Promise<Finished>,
  ): Promise<void> {
    if (flight.failure !== undefined) throw flight.failure
    if (flight.finished) return
    const isSilent = Date.now() - flight.advancedAt > this.#options.patience
    if (!flight.followers.has(flight.driver) || isSilent) flight.driver = me
    if (flight.driver !== me) return
    try {
      if (!flight.product) {
        const slice = flight.training.next()
        flight.advancedAt = Date.now()
        if (!slice.done) {
          flight.progress = slice.value
          return
        }
        flight.product = slice.value
      }
      flight.finished = await finish(flight.product)
    } catch (error) {
      // Kept for the other followers: the training is over, and would fail again.
      flight.failure = error
      throw error
    } finally {
      if (flight.finished || flight.failure !== undefined) this.#land(digest, flight)
    }
  }

  /** It is over: whoever asks from now on finds it remembered, or starts again. */
  #land(digest: string, flight: Flight<Product, Finished>): void {
    if (this.#flights.get(digest) === flight) this.#flights.delete(digest)
  }

  #leave(digest: string, flight: Flight<Product, Finished>, me: Follower): void {
    flight.followers.delete(me)
    if (flight.followers.size === 0) this.#stop(digest, flight)
  }

  /** Stops trainings that nobody advances any more: a request can end without a word. */
  #sweep(): void {
    for (const [digest, flight] of this.#flights)
      if (Date.now() - flight.advancedAt > this.#options.keep) this.#stop(digest, flight)
  }

  #stop(digest: string, flight: Flight<Product, Finished>): void {
    if (this.#flights.get(digest) !== flight) return
    this.#flights.delete(digest)
    flight.isStopped = true
    // The engine frees what it holds.
    flight.training.return(flight.product as never)
  }
}
