/**
 * A memory limit for large answers: the bytes that an isolate holds at once for answers that it assembles and sends.
 * Requests for which there is no memory wait in a queue and are refused after a while.
 *
 * A request can end without any notification, so each reservation is refreshed by a heartbeat. Reservations that go
 * silent or whose clients read too slowly are taken away in favor of waiting requests.
 */
import { numbersLength } from '#experiment/result/numbers.ts'
import { assemblyLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** The error thrown if no memory for a large answer becomes free in time. */
export class AssemblyError extends Error {
  override name = 'AssemblyError'
}

/** The size of an answer. */
export interface AnswerSize {
  /** Estimated bytes that it holds in memory until it is sent. */
  bytes: number
  /** The number of values that are processed to make it. */
  values: number
}

/** What is derived from each experiment. A curve has five statistics of six metrics, so 30 values per epoch. */
interface Derived {
  hasCurves?: boolean
  histories?: number
}

const valueBytes = 8

/** The size of an answer with one experiment, or with two that are compared. */
export function sizeOfOne(specs: readonly ExperimentSpec[], { hasCurves, histories = 0 }: Derived = {}): AnswerSize {
  return sizeOf(specs, sumOf(specs.map(bytesOf)), { hasCurves: hasCurves ?? true, histories })
}

/** The size of an answer with several experiments, whose numbers are loaded one after another. */
export function sizeOfSeveral(specs: readonly ExperimentSpec[], derived: Derived): AnswerSize {
  return sizeOf(specs, Math.max(...specs.map(bytesOf)), derived)
}

function sizeOf(specs: readonly ExperimentSpec[], bytes: number, { hasCurves, histories = 0 }: Derived): AnswerSize {
  const perEpoch = (hasCurves ? 30 : 0) + 6 * histories
  return {
    bytes: bytes + sumOf(specs.map(({ epochs }) => epochs * perEpoch * valueBytes)),
    values: sumOf(specs.map(numbersLength)),
  }
}

const bytesOf = (spec: ExperimentSpec) => numbersLength(spec) * Float32Array.BYTES_PER_ELEMENT
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** Whether an answer is large enough to be limited. */
export const isLarge = ({ bytes }: AnswerSize): boolean => bytes >= assemblyLimits.large

/**
 * How often a waiting request checks for memory, and after how long without a check it counts as gone, in milliseconds.
 */
const glance = 50
const gone = 1000
/** The heartbeat interval of a reservation while its answer is being made, in milliseconds. */
const heartbeat = 1000

/** A waiting request, with the time of its last check. */
interface Waiting {
  at: number
}

/** The memory reserved for a large answer. */
interface Place {
  bytes: number
  /** When it was last refreshed, and when sending started, in milliseconds. */
  at: number
  sendingSince: number
}

/** The operations on reserved memory. */
export interface Lease {
  /**
   * Wraps the pieces of an answer so that iterating over them keeps the reservation alive. The reservation ends with
   * the last piece.
   */
  over: <Piece>(pieces: IterableIterator<Piece>) => IterableIterator<Piece>
  /** Releases the reservation. */
  release: () => void
}

/** The lease of an answer that is not large and needs no reservation. */
export const freeLease: Lease = {
  over: (pieces) => pieces,
  release: () => {},
}

export class AssemblyMemory {
  readonly #places = new Set<Place>()
  /** In order of arrival. */
  readonly #line = new Set<Waiting>()

  /** The bytes that are reserved. */
  get bytes(): number {
    return sumOf(Array.from(this.#places, ({ bytes }) => bytes))
  }

  /**
   * Reserves memory as soon as there is enough.
   *
   * @param signal aborts when the client disconnects
   * @throws AssemblyError if there is not enough in time
   */
  async take({ bytes: wanted }: Pick<AnswerSize, 'bytes'>, signal?: AbortSignal): Promise<Lease> {
    // An answer larger than the limit gets all of it.
    const bytes = Math.min(wanted, assemblyLimits.bytes)
    const since = Date.now()
    const me: Waiting = { at: since }
    this.#line.add(me)
    try {
      while (!this.#isNext(me) || !this.#makeRoom(bytes)) {
        signal?.throwIfAborted()
        if (elapsed(since) > assemblyLimits.longestWait)
          throw new AssemblyError(`no room for ${bytes} bytes in ${assemblyLimits.longestWait} ms`)
        await new Promise((resolve) => setTimeout(resolve, glance))
        me.at = Date.now()
      }
    } finally {
      this.#line.delete(me)
    }
    return this.#lease({ bytes, at: Date.now(), sendingSince: Infinity }, signal)
  }

  #lease(place: Place, signal?: AbortSignal): Lease {
    const places = this.#places
    places.add(place)
    const beat = setInterval(() => (place.at = Date.now()), heartbeat)
    const release = () => {
      clearInterval(beat)
      signal?.removeEventListener('abort', release)
      places.delete(place)
    }
    signal?.addEventListener('abort', release)
    const over = <Piece>(pieces: IterableIterator<Piece>): IterableIterator<Piece> => ({
      next: () => {
        // From here on, only the client's reading keeps the reservation alive.
        clearInterval(beat)
        if (place.sendingSince === Infinity) place.sendingSince = Date.now()
        if (!places.has(place)) throw new AssemblyError('the client took too long, and others waited')
        place.at = Date.now()
        const piece = pieces.next()
        if (piece.done) release()
        return piece
      },
      // Called when the client disconnects, possibly before the first piece. A generator would not run its `finally` in
      // that case.
      return: () => {
        release()
        return { done: true, value: undefined }
      },
      [Symbol.iterator]: () => over(pieces),
    })
    return { over, release }
  }

  /** Whether no other waiting request arrived earlier. */
  #isNext(me: Waiting): boolean {
    for (const other of this.#line) {
      if (other === me) return true
      if (elapsed(other.at) > gone) this.#line.delete(other)
      else return false
    }
    return true
  }

  /** Whether there is enough memory, if necessary after revoking silent and slow reservations. */
  #makeRoom(bytes: number): boolean {
    const { bytes: most, longestPause, longestSending } = assemblyLimits
    if (this.bytes + bytes <= most) return true
    for (const place of this.#places)
      if (elapsed(place.at) > longestPause || elapsed(place.sendingSince) > longestSending) this.#places.delete(place)
    return this.bytes + bytes <= most
  }
}

/** The milliseconds since a time. If the clock was set back, the absolute difference counts. */
const elapsed = (time: number) => (time === Infinity ? 0 : Math.abs(Date.now() - time))
