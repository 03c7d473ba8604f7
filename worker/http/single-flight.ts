/**
 * Request coalescing: of those who need the same value at the same time one makes it, and the others wait for that.
 *
 * A promise that belongs to a request whose client went away may never settle, so nobody waits for another's promise. The
 * one who makes a value says with a timer of its own that it is still at work; the others look in with timers of theirs,
 * and one of them takes over when that has stopped.
 */

/** How often the one at work says so, and how often the others look in, in milliseconds. */
const heartbeat = 100
const glance = 20
/** How long the one at work may be silent before another takes over: longer than anything computes at one go. */
const silence = 2000

export class SingleFlight {
  /** Who is at work, by key: when it last said so. */
  readonly #leaders = new Map<string, { at: number }>()

  /**
   * The value of a key: found, or made by this caller or by another one.
   *
   * @param find looks where `make` leaves what it has made; asked before anything is made, and after each wait
   * @param make makes the value; where it throws, the next caller tries itself
   * @param signal aborts when the client of this caller is gone: then another takes over at once
   */
  async get<Value>(
    key: string,
    find: () => Value | undefined,
    make: () => Promise<Value>,
    signal?: AbortSignal,
  ): Promise<Value> {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      const leader = this.#leaders.get(key)
      if (!leader || Math.abs(Date.now() - leader.at) > silence) return this.#lead(key, make, signal)
      await new Promise((resolve) => setTimeout(resolve, glance))
    }
  }

  async #lead<Value>(key: string, make: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    const me = { at: Date.now() }
    this.#leaders.set(key, me)
    const leave = () => void (this.#leaders.get(key) === me && this.#leaders.delete(key))
    const beat = setInterval(() => (me.at = Date.now()), heartbeat)
    signal?.addEventListener('abort', leave)
    try {
      return await make()
    } finally {
      clearInterval(beat)
      signal?.removeEventListener('abort', leave)
      leave()
    }
  }
}
