/**
 * The trainings in flight in this isolate: identical requests share one, and their number is bounded.
 *
 * A promise that belongs to a request whose client went away may never settle, so nobody waits for another's promise
 * here. A training is a plain iterator; one of its followers drives it, slice by slice, with timers of its own. When
 * the driver falls silent another follower takes over where it stopped.
 */
import type { ExperimentSpec } from '#experiment/spec.ts'
import { Slice, type Progress } from '#training/progress.ts'

/** More trainings are in flight than the isolate has room for. */
export class BusyError extends Error {
  override name = 'BusyError'
}

/** Who follows a training; only its identity matters. */
type Follower = symbol

interface Flight<Product> {
  training: Generator<Progress, Product, void>
  followers: Set<Follower>
  driver: Follower
  /** When it was last advanced, in milliseconds. */
  advancedAt: number
  progress?: Progress
  product?: Product
  failure?: unknown
  /** Given up and freed before its end. */
  isStopped?: boolean
}

interface TrainingsOptions<Product> {
  /** Starts a training, in slices that are shared out among those in flight. */
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Product, void>
  /** The most trainings in flight. */
  most: number
  /** How long a driver may be silent before another takes over, in milliseconds. */
  patience?: number
  /** How long a training is kept that nobody advances, in milliseconds: its followers are gone. */
  keep?: number
}

/** How often a follower that does not drive looks at the training, in milliseconds. */
const glance = 20

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** @typeParam Product what a training returns: the numbers, or the decision boundary */
export class Trainings<Product extends object> {
  readonly #flights = new Map<string, Flight<Product>>()
  readonly #options: Required<TrainingsOptions<Product>>

  constructor(options: TrainingsOptions<Product>) {
    this.#options = { patience: 250, keep: 5000, ...options }
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
   * @param signal aborts when the client is gone; the training stops at the next slice unless others follow it
   * @yields the progress after each slice
   * @returns the product, and whether this follower is the first to have it
   * @throws BusyError when too many others are in flight
   */
  async *follow(
    digest: string,
    spec: ExperimentSpec,
    signal?: AbortSignal,
  ): AsyncGenerator<Progress, { product: Product; isFirst: boolean }> {
    const me: Follower = Symbol('follower')
    let flight = this.#join(digest, spec, me)
    const leave = () => this.#leave(digest, flight, me)
    signal?.addEventListener('abort', leave)
    try {
      for (;;) {
        signal?.throwIfAborted()
        if (flight.isStopped) flight = this.#join(digest, spec, me)
        const isFirst = this.#advance(digest, flight, me)
        if (flight.product) return { product: flight.product, isFirst }
        if (flight.progress) yield flight.progress
        await pause(flight.driver === me ? 0 : glance)
      }
    } finally {
      signal?.removeEventListener('abort', leave)
      leave()
    }
  }

  #join(digest: string, spec: ExperimentSpec, me: Follower): Flight<Product> {
    const flight = this.#flights.get(digest) ?? this.#start(digest, spec, me)
    flight.followers.add(me)
    return flight
  }

  #start(digest: string, spec: ExperimentSpec, driver: Follower): Flight<Product> {
    this.#sweep()
    if (this.#flights.size >= this.#options.most) throw new BusyError(`${this.#flights.size} trainings are in flight`)
    const flight: Flight<Product> = {
      training: this.#options.train(spec, new Slice(() => this.#flights.size)),
      followers: new Set(),
      driver,
      advancedAt: Date.now(),
    }
    this.#flights.set(digest, flight)
    return flight
  }

  /** Advances a training by a slice, if that is for this follower to do. Returns whether that ended it. */
  #advance(digest: string, flight: Flight<Product>, me: Follower): boolean {
    if (flight.failure !== undefined) throw flight.failure
    if (flight.product) return false
    const isSilent = Date.now() - flight.advancedAt > this.#options.patience
    if (!flight.followers.has(flight.driver) || isSilent) flight.driver = me
    if (flight.driver !== me) return false
    try {
      const slice = flight.training.next()
      flight.advancedAt = Date.now()
      if (!slice.done) {
        flight.progress = slice.value
        return false
      }
      flight.product = slice.value
      this.#flights.delete(digest)
      return true
    } catch (error) {
      // Kept for the other followers: the training is over, and would fail again.
      flight.failure = error
      this.#flights.delete(digest)
      throw error
    }
  }

  #leave(digest: string, flight: Flight<Product>, me: Follower): void {
    flight.followers.delete(me)
    if (flight.followers.size === 0) this.#stop(digest, flight)
  }

  /** Stops trainings that nobody advances any more: a request can end without a word. */
  #sweep(): void {
    for (const [digest, flight] of this.#flights)
      if (Date.now() - flight.advancedAt > this.#options.keep) this.#stop(digest, flight)
  }

  #stop(digest: string, flight: Flight<Product>): void {
    if (this.#flights.get(digest) !== flight) return
    this.#flights.delete(digest)
    flight.isStopped = true
    // The engine frees what it holds.
    flight.training.return(flight.product as never)
  }
}
