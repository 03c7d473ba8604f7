/**
 * A limit for the memory of large answers: the bytes that an isolate holds at once for those that it assembles and sends.
 * Who finds no room waits in line, and is refused after a while.
 *
 * A request can end without a word, so each place is marked as in use again and again. One that is silent, or whose client
 * is slow, loses it to those who wait, and its answer ends there: what it holds in memory is free. A request may not touch
 * another's stream, so each looks after its own place with a timer.
 */
import { assemblyLimits } from '#experiment/limits.ts'
import { numbersLength } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

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
/** How often a place is marked as in use while its answer is made, and looked after while that is sent, in milliseconds. */
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
  /** How long the answer has waited for its client, up to the last piece. */
  paused: number
}

/** What the holder of a place does with it. */
export interface Lease {
  /** The pieces of an answer, while there is a place for it; the place ends with them. */
  over: <Piece>(pieces: IterableIterator<Piece>) => IterableIterator<Piece>
  /** Gives the place back. */
  release: () => void
  /** Aborts where another has the place now, while the answer is sent: it must end. */
  lost: AbortSignal
}

/** The lease of an answer that is not large: it takes no place. */
export const freeLease: Lease = {
  over: (pieces) => pieces,
  release: () => {},
  // Never used: a signal belongs to the request that made it.
  get lost() {
    return new AbortController().signal
  },
}

export class Assemblies {
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
    return this.#lease({ bytes, at: Date.now(), sendingSince: Infinity, paused: 0 }, signal)
  }

  #lease(place: Place, signal?: AbortSignal): Lease {
    const places = this.#places
    places.add(place)
    const losing = new AbortController()
    let timer = setInterval(() => (place.at = Date.now()), heartbeat)
    const release = () => {
      clearInterval(timer)
      signal?.removeEventListener('abort', release)
      places.delete(place)
    }
    signal?.addEventListener('abort', release)
    const over = <Piece>(pieces: IterableIterator<Piece>): IterableIterator<Piece> => {
      let left: IterableIterator<Piece> | undefined = pieces
      const lose = () => {
        left = undefined
        release()
        losing.abort(new AssemblyError('the client took too long, and others waited'))
      }
      const begin = () => {
        // From now on it is for the client to go on.
        clearInterval(timer)
        timer = setInterval(() => places.has(place) || lose(), heartbeat)
        place.sendingSince = Date.now()
      }
      return {
        next: () => {
          if (place.sendingSince === Infinity) begin()
          else place.paused = pausedOf(place)
          place.at = Date.now()
          if (!places.has(place)) lose()
          losing.signal.throwIfAborted()
          const piece = left!.next()
          if (piece.done) release()
          return piece
        },
        // Called where the client leaves, maybe before the first piece; a generator would not notice that.
        return: () => {
          release()
          return { done: true, value: undefined }
        },
        [Symbol.iterator]() {
          return this
        },
      }
    }
    return { over, release, lost: losing.signal }
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
    const hasRoom = () => this.bytes + bytes <= assemblyLimits.bytes
    for (const place of this.#places) {
      if (hasRoom()) return true
      if (isSlow(place)) this.#places.delete(place)
    }
    return hasRoom()
  }
}

/** How long an answer that is sent has waited for its client. */
function pausedOf({ at, paused }: Place): number {
  return paused + Math.max(0, elapsed(at) - assemblyLimits.shortPause)
}

/** Whether a place may be taken from its holder. */
function isSlow(place: Place): boolean {
  const { longestPause, longestSending, longestSilence } = assemblyLimits
  if (place.sendingSince === Infinity) return elapsed(place.at) > longestSilence
  return pausedOf(place) > longestPause || elapsed(place.sendingSince) > longestSending
}

/** Milliseconds since a time; a clock that was set back counts like one that went on. */
const elapsed = (time: number) => Math.abs(Date.now() - time)
