/**
 * A cooperative scheduler in a worker: works for a slice of time, then lets messages in, so that work which nobody wants
 * any more stops within a slice.
 */

/** The milliseconds of a slice. */
const slice = 8

/** Work in small pieces, of a millisecond or so each. */
export interface ScheduledWork {
  pieces: Iterator<void>
  /** The highest comes first; of equals, the one that came first. */
  urgency: number
}

export class Scheduler {
  readonly #waiting: ScheduledWork[] = []
  readonly #onError: (work: ScheduledWork, error: unknown) => void
  readonly #channel = new MessageChannel()
  #isUnderWay = false

  /** @param onError hears of work that threw; it is dropped */
  constructor(onError: (work: ScheduledWork, error: unknown) => void) {
    this.#onError = onError
    // A message to oneself comes behind all that have arrived, and without the delay of a timer.
    this.#channel.port1.onmessage = () => this.#turn()
  }

  add(work: ScheduledWork): void {
    const later = this.#waiting.findIndex(({ urgency }) => urgency < work.urgency)
    this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, work)
    this.#go()
  }

  /** Drops work, which frees what it holds. */
  drop(work: ScheduledWork): void {
    const index = this.#waiting.indexOf(work)
    if (index >= 0) this.#waiting.splice(index, 1)
    work.pieces.return?.()
  }

  #go(): void {
    if (this.#isUnderWay || this.#waiting.length === 0) return
    this.#isUnderWay = true
    this.#channel.port2.postMessage(null)
  }

  #turn(): void {
    this.#isUnderWay = false
    const end = performance.now() + slice
    do {
      const work = this.#waiting[0]
      if (!work) return
      try {
        if (work.pieces.next().done) this.drop(work)
      } catch (error) {
        this.drop(work)
        this.#onError(work, error)
      }
    } while (performance.now() < end)
    this.#go()
  }
}
