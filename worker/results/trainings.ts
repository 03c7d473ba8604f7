/**
 * Trains what is asked for: identical requests share one training, and the others wait for room.
 *
 * A promise that belongs to a request whose client went away may never settle, so nobody waits for another's promise
 * here. A training is a plain iterator; one of its followers drives it, from its admission to its outcome, with timers
 * of its own. When the driver falls silent another follower takes over where it stopped.
 */
import { isolateLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { Slice, type Progress } from '#training/progress.ts'

import { BusyError, Flights, type Flight, type FlightsOptions, type Follower, type Waiting } from './training-queue.ts'

/** What is to be trained, and what becomes of it. */
export interface Task<Product extends object, Outcome extends object> {
  /** Its identity: equal for those who ask the same. */
  key: string
  spec: ExperimentSpec
  /** Starts it, in slices that are shared out among those in flight. */
  train: (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Product, void>
  /** Makes of the product what all followers get, and remembers it: who asks later finds it there. */
  finish: (product: Product) => Promise<Outcome>
}

/** Who asks for a training. */
export interface Asker {
  /** Asked before it begins; throws where it may not. Those who join are not asked. */
  admit: () => Promise<void>
  /** It waits for room as long as it takes: it is a part of something that has begun. */
  isPatient?: boolean
  /** Aborts when the client is gone. */
  signal?: AbortSignal
}

/** Who asks for trainings, and is asked by their work. */
export interface WorkAsker extends Omit<Asker, 'admit'> {
  /** Asked with the estimated operations of a training before it begins; throws where it may not. */
  admit: (work: number) => Promise<void>
}

/** One who asks for trainings, as one who asks for a single one. */
export function askerOf({ admit, isPatient = false, signal }: WorkAsker, work: number): Asker {
  return { admit: () => admit(work), isPatient, ...(signal ? { signal } : {}) }
}

/** How often a follower looks at a training that another drives, or that waits, in milliseconds. */
const glance = 20

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

export class Trainings {
  readonly #flights: Flights
  readonly #longestWait: number

  constructor(options: Partial<FlightsOptions> = {}) {
    const { inFlight, waiting } = isolateLimits
    const all = { inFlight, waiting, silence: 250, keep: 5000, ...options }
    this.#flights = new Flights(all)
    this.#longestWait = all.waiting.longest
  }

  /** How many are in flight or waiting. */
  get count(): number {
    return this.#flights.count
  }

  /** Whether something is being trained, or waits for it. */
  has(key: string): boolean {
    return this.#flights.get(key) !== undefined
  }

  /**
   * Follows a training, starting it where nobody asked for it before, to its end.
   *
   * @yields the progress after each slice; before the first, while there is no room, how many wait before it
   * @throws BusyError when there is no room; what `admit` throws
   */
  async *follow<Product extends object, Outcome extends object>(
    task: Task<Product, Outcome>,
    asker: Asker,
  ): AsyncGenerator<Progress | Waiting, Outcome> {
    const { signal } = asker
    const me: Follower = Symbol('follower')
    let since = Date.now()
    let flight = this.#join(task, me, asker)
    const leave = () => this.#leave(flight, me)
    signal?.addEventListener('abort', leave)
    try {
      for (;;) {
        signal?.throwIfAborted()
        if (flight.isStopped) flight = this.#join(task, me, asker)
        if (flight.failure !== undefined) throw flight.failure
        const drives = !flight.outcome && this.#drives(flight, me)
        if (drives) await this.#advance(flight, task, asker)
        // Tasks with one key have outcomes of one kind.
        if (flight.outcome) return flight.outcome as Outcome
        if (flight.progress) yield flight.progress
        const waits = !flight.training
        // Who is not admitted may still be refused, with a status of its own.
        if (waits && flight.isAdmitted) yield { before: this.#flights.waitingBefore(flight) }
        // A clock that was set back begins anew.
        since = Math.min(since, Date.now())
        if (waits && !asker.isPatient && Date.now() - since > this.#longestWait)
          throw new BusyError(`no room in ${this.#longestWait} ms`)
        await pause(drives && !waits ? 0 : glance)
      }
    } finally {
      signal?.removeEventListener('abort', leave)
      leave()
    }
  }

  #join({ key, spec }: Pick<Task<never, object>, 'key' | 'spec'>, me: Follower, { isPatient = false }: Asker): Flight {
    const flight = this.#flights.get(key) ?? this.#flights.open(key, spec, me, isPatient)
    flight.followers.add(me)
    return flight
  }

  #leave(flight: Flight, me: Follower): void {
    flight.followers.delete(me)
    if (flight.followers.size === 0) this.#flights.stop(flight)
  }

  /** Whether it is for this follower to bring a training further: it drives it, or takes over. */
  #drives(flight: Flight, me: Follower): boolean {
    if (!flight.followers.has(flight.driver) || this.#flights.isSilent(flight)) flight.driver = me
    if (flight.driver !== me) return false
    flight.caredForAt = Date.now()
    return true
  }

  /** Brings a training further: its admission, its start where there is room, a slice, its outcome. */
  async #advance<Product extends object>(
    flight: Flight,
    { spec, train, finish }: Task<Product, object>,
    { admit }: Asker,
  ): Promise<void> {
    if (!flight.isAdmitted) {
      await admit()
      // Another may have taken over meanwhile.
      if (flight.isAdmitted || flight.isStopped) return
      flight.isAdmitted = true
    }
    if (!flight.training) {
      if (!this.#flights.hasRoom(flight)) return
      flight.training = train(spec, new Slice(() => this.#flights.inFlight))
    }
    if (!flight.product) this.#trainSlice(flight, flight.training)
    if (!flight.product) return
    flight.outcome = await finish(flight.product as Product)
    this.#flights.forget(flight)
  }

  #trainSlice(flight: Flight, training: Generator<Progress, object, void>): void {
    try {
      const slice = training.next()
      flight.caredForAt = Date.now()
      if (slice.done) flight.product = slice.value
      else flight.progress = slice.value
    } catch (error) {
      // Kept for the other followers: the training is over, and would fail again.
      flight.failure = error
      this.#flights.forget(flight)
      throw error
    }
  }
}
