/**
 * A limit for the memory of large answers: the bytes that an isolate holds at once for those that it assembles and sends.
 * Who finds no room waits in line, and is refused after a while.
 *
 * A request can end without a word, so each place is marked as in use again and again. One that is silent, or slow, loses
 * it to those who wait.
 */
import { numbersLength } from '#experiment/result/numbers.ts'
import { assemblyLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** There was no room for a large answer in time. */
export class AssemblyError extends Error {
  override name = 'AssemblyError'
}

/** What an answer takes. */
export interface AnswerSize {
  /** Estimated bytes that it holds in memory until it is sent. */
  bytes: number
  /** Values that are gone through to make it. */
  values: number
}

/** What is derived of each experiment, in values per epoch: a curve has five statistics of six metrics. */
interface Derived {
  hasCurves?: boolean
  histories?: number
}

const valueBytes = 8

/** What an answer of one experiment takes, or of one beside another. */
export function sizeOfOne(specs: readonly ExperimentSpec[], { hasCurves, histories = 0 }: Derived = {}): AnswerSize {
  return sizeOf(specs, sumOf(specs.map(bytesOf)), { hasCurves: hasCurves ?? true, histories })
}

/** What an answer of several experiments takes, whose numbers come one after the other. */
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

/** Whether an answer is counted at all. */
export const isLarge = ({ bytes }: AnswerSize): boolean => bytes >= assemblyLimits.large

/** How often one who waits looks for room, and how long after that it counts as gone, in milliseconds. */
const glance = 50
const gone = 1000
/** How often a place is marked as in use while its answer is made, in milliseconds. */
const heartbeat = 1000

/** One who waits for room. */
interface Waiting {
  at: number
}

/** A large answer's place. */
interface Place {
  bytes: number
  /** When it was last in use, and when its answer began to be sent, in milliseconds. */
  at: number
  sendingSince: number
}

/** What the holder of a place does with it. */
export interface Lease {
  /** The pieces of an answer, while there is a place for it; the place ends with them. */
  over: <Piece>(pieces: IterableIterator<Piece>) => IterableIterator<Piece>
  /** Gives the place back. */
  release: () => void
}

/** The lease of an answer that is not large: it takes no place. */
export const freeLease: Lease = {
  over: (pieces) => pieces,
  release: () => {},
}

export class AssemblyMemory {
  readonly #places = new Set<Place>()
  /** In the order in which they came. */
  readonly #line = new Set<Waiting>()

  /** The bytes that are in use. */
  get bytes(): number {
    return sumOf(Array.from(this.#places, ({ bytes }) => bytes))
  }

  /**
   * Takes a place, once there is room.
   *
   * @param signal aborts when the client is gone
   * @throws AssemblyError where there is none in time
   */
  async take({ bytes: wanted }: Pick<AnswerSize, 'bytes'>, signal?: AbortSignal): Promise<Lease> {
    // One that is larger than everything may be gets all of it.
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
        // From now on it is for the client to go on.
        clearInterval(beat)
        if (place.sendingSince === Infinity) place.sendingSince = Date.now()
        if (!places.has(place)) throw new AssemblyError('the client took too long, and others waited')
        place.at = Date.now()
        const piece = pieces.next()
        if (piece.done) release()
        return piece
      },
      // Called where the client leaves, maybe before the first piece; a generator would not notice that.
      return: () => {
        release()
        return { done: true, value: undefined }
      },
      [Symbol.iterator]: () => over(pieces),
    })
    return { over, release }
  }

  /** Whether nobody who still waits came before. */
  #isNext(me: Waiting): boolean {
    for (const other of this.#line) {
      if (other === me) return true
      if (elapsed(other.at) > gone) this.#line.delete(other)
      else return false
    }
    return true
  }

  /** Whether there is room, if need be by taking places from those who left without a word or are slow. */
  #makeRoom(bytes: number): boolean {
    const { bytes: most, longestPause, longestSending } = assemblyLimits
    if (this.bytes + bytes <= most) return true
    for (const place of this.#places)
      if (elapsed(place.at) > longestPause || elapsed(place.sendingSince) > longestSending) this.#places.delete(place)
    return this.bytes + bytes <= most
  }
}

/** Milliseconds since a time; a clock that was set back counts like one that went on. */
const elapsed = (time: number) => (time === Infinity ? 0 : Math.abs(Date.now() - time))
