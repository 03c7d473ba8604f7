/**
 * Where trainings wait for room: few at a time, and not for long. The shortest goes first, so a long training never
 * keeps the short ones waiting; and whoever has waited for a while goes before all who came later, so none waits for
 * ever.
 *
 * A request can end without a word, so nobody is called: those who wait look in again and again, and one who has not
 * looked in for a while is gone.
 */

/** There is no room for a training, and no more room to wait or no more time. */
export class BusyError extends Error {
  override name = 'BusyError'
}

/** Who may wait. */
export interface WaitingLimits {
  /** The most trainings that wait at the same time; those who ask for the same one wait together. */
  readonly most: number
  /** The longest that anyone waits, in milliseconds. */
  readonly longest: number
}

/** A training that waits. */
interface Waiting {
  /** Its estimated operations. */
  work: number
  isLong: boolean
  since: number
  /** When anyone last looked in for it. */
  seenAt: number
}

/** After this long, who came first goes first, in milliseconds. */
const turn = 2000
/** After this long without a look, it is gone, in milliseconds. */
const patience = 500

export class WaitingRoom {
  readonly #waiting = new Map<string, Waiting>()
  readonly #limits: WaitingLimits

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  /** How many trainings wait. */
  get count(): number {
    return this.#waiting.size
  }

  /**
   * Looks in for a training: whether it is the next to begin, of those that may.
   *
   * @param since when this request began to wait, in milliseconds
   * @param mayBegin whether there is room now for a training that is long or not
   * @throws BusyError when the room is full, or the request has waited for too long
   */
  isNext(
    digest: string,
    { work, isLong, since }: Pick<Waiting, 'work' | 'isLong' | 'since'>,
    mayBegin: (isLong: boolean) => boolean,
  ): boolean {
    const now = Date.now()
    for (const [other, { seenAt }] of this.#waiting) if (now - seenAt > patience) this.#waiting.delete(other)
    const known = this.#waiting.get(digest)
    const mine = known ?? { work, isLong, since, seenAt: now }
    mine.seenAt = now
    const [next] = [...new Map(this.#waiting).set(digest, mine).values()]
      .filter((one) => mayBegin(one.isLong))
      .toSorted((a, b) => rank(a, b, now))
    const isNext = next === mine
    const isLate = now - since > this.#limits.longest
    if (isNext || isLate) this.#waiting.delete(digest)
    else if (known || this.#waiting.size < this.#limits.most) this.#waiting.set(digest, mine)
    else throw new BusyError(`${this.#waiting.size} trainings wait for room`)
    if (isLate && !isNext) throw new BusyError(`no room in ${this.#limits.longest} ms`)
    return isNext
  }

  /** Nobody waits for it any more. */
  leave(digest: string): void {
    this.#waiting.delete(digest)
  }
}

/** Below 0 where `a` goes first. */
function rank(a: Waiting, b: Waiting, now: number): number {
  const [isOldA, isOldB] = [now - a.since > turn, now - b.since > turn]
  if (isOldA !== isOldB) return isOldA ? -1 : 1
  return isOldA ? a.since - b.since : a.work - b.work || a.since - b.since
}
