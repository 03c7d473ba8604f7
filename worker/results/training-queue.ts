/**
 * The trainings of this isolate, in flight and waiting for room, and which of them may begin.
 *
 * Short ones have places of their own, so that a long one never holds them up; within each kind the order is that in
 * which they were asked for.
 */
import { work } from '#experiment/spec/cost.ts'
import { isolateLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress } from '#training/progress.ts'

/** There was no room for a training, in time or at all. */
export class BusyError extends Error {
  override name = 'BusyError'
}

/** Where a training stands that waits for room. */
export interface Waiting {
  /** How many of its kind are to begin before it. */
  before: number
}

type Kind = 'short' | 'long'

/** Who follows a training; only its identity matters. */
export type Follower = symbol

export interface Flight {
  readonly key: string
  readonly kind: Kind
  readonly followers: Set<Follower>
  /** The one who brings it further. */
  driver: Follower
  /** When the driver last cared for it, in milliseconds. */
  caredForAt: number
  isAdmitted?: boolean
  /** Not there while it waits for room. */
  training?: Generator<Progress, object, void>
  progress?: Progress
  product?: object
  outcome?: object
  failure?: unknown
  /** Given up and freed before its end. */
  isStopped?: boolean
}

/** What of the limits a test can set otherwise. */
export interface FlightsOptions {
  /** The most trainings in flight; the most that wait for room, and how long anyone waits, in milliseconds. */
  inFlight: Readonly<Record<Kind, number>>
  waiting: { readonly most: number; readonly longest: number }
  /** How long a driver may be silent before another takes over, in milliseconds. */
  silence: number
  /** How long a training is kept that nobody cares for, in milliseconds: its followers are gone. */
  keep: number
}

export class Flights {
  /** In the order in which they were asked for. */
  readonly #flights = new Map<string, Flight>()
  readonly #options: FlightsOptions

  constructor(options: FlightsOptions) {
    this.#options = options
  }

  get(key: string): Flight | undefined {
    return this.#flights.get(key)
  }

  /** How many are there, in flight or waiting. */
  get count(): number {
    return this.#flights.size
  }

  /** How many are in flight. */
  get inFlight(): number {
    return this.#count(({ training }) => training !== undefined)
  }

  /**
   * Lines up what was not asked for yet.
   *
   * @param isPatient whether it is lined up however many wait
   * @throws BusyError when there is no place for it, and as many wait as may
   */
  open(key: string, spec: ExperimentSpec, driver: Follower, isPatient = false): Flight {
    this.#sweep()
    const kind = work(spec) <= isolateLimits.shortWork ? 'short' : 'long'
    const without = (of: Kind) => this.#count((flight) => flight.kind === of) - this.#options.inFlight[of]
    const waiting = Math.max(0, without('short')) + Math.max(0, without('long'))
    if (!isPatient && without(kind) >= 0 && waiting >= this.#options.waiting.most)
      throw new BusyError(`${waiting} trainings wait for room`)
    const flight: Flight = { key, kind, followers: new Set(), driver, caredForAt: Date.now() }
    this.#flights.set(key, flight)
    return flight
  }

  /** Whether one that waits may begin: its kind has a place for it, beside those that were there before. */
  hasRoom(flight: Flight): boolean {
    this.#sweep()
    const training = this.#count(({ kind, training: begun }) => kind === flight.kind && begun !== undefined)
    return training + this.waitingBefore(flight) < this.#options.inFlight[flight.kind]
  }

  /** How many wait before one that waits, for a place of the same kind. */
  waitingBefore(flight: Flight): number {
    let isBefore = true
    return this.#count((other) => {
      if (other === flight) isBefore = false
      return isBefore && other.kind === flight.kind && !other.training && !this.isSilent(other)
    })
  }

  /** Whether nobody cares for a training at the moment; a clock that was set back since then says that nobody does. */
  isSilent({ caredForAt }: Flight): boolean {
    const elapsed = Date.now() - caredForAt
    return elapsed < 0 || elapsed > this.#options.silence
  }

  /** Gives a training up, and frees what it holds. */
  stop(flight: Flight): void {
    if (!this.forget(flight)) return
    flight.isStopped = true
    flight.training?.return(flight.product as never)
  }

  /** Takes a training out. Returns whether it was there: another with its key may have taken its place. */
  forget(flight: Flight): boolean {
    return this.#flights.get(flight.key) === flight && this.#flights.delete(flight.key)
  }

  /** Stops what nobody cares for any more: a request can end without a word. */
  #sweep(): void {
    const now = Date.now()
    for (const flight of this.#flights.values()) {
      // Where the clock was set back, the time begins anew.
      flight.caredForAt = Math.min(flight.caredForAt, now)
      if (now - flight.caredForAt > this.#options.keep) this.stop(flight)
    }
  }

  #count(counts: (flight: Flight) => boolean): number {
    let count = 0
    for (const flight of this.#flights.values()) if (counts(flight)) count++
    return count
  }
}
