/**
 * Request coalescing (single flight): of concurrent requests for the same value, one computes it and the others wait
 * for the result.
 *
 * A promise that belongs to a request whose client has disconnected may never settle, so no request awaits another's
 * promise. The leader, which computes the value, signals with a timer of its own that it is alive. The others poll with
 * their own timers, and one of them takes over if the leader goes silent.
 */

/** The leader's heartbeat interval and the followers' polling interval, in milliseconds. */
const heartbeat = 100
const glance = 20
/**
 * How long the leader may be silent before another takes over, in milliseconds: longer than any computation without
 * interruption.
 */
const silence = 2000

export class SingleFlight {
  /** The leader of each key, with the time of its last heartbeat. */
  readonly #leaders = new Map<string, { at: number }>()

  /**
   * The value of a key: found, or made by this caller or by another one.
   *
   * @param find looks up the value that `make` has stored; called before anything is made and after each wait
   * @param make makes the value and stores it where `find` looks; if it throws, the next caller tries itself
   * @param signal aborts when this caller's client disconnects; another caller then takes over at once
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
