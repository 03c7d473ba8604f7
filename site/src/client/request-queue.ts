/**
 * Limits how many requests go on at the same time; the others wait for their turn, and leave the queue when they are
 * aborted.
 */
export class RequestQueue {
  #free: number
  readonly #waiting = new Set<() => void>()

  /** @param most how many go on at the same time */
  constructor(most: number) {
    this.#free = most
  }

  /**
   * Does some work when its turn comes.
   *
   * @throws the signal's reason when it aborts before that; what the work throws
   */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#turn(signal)
    try {
      return await work()
    } finally {
      // Not at once: who hears that it failed may stop the others before they begin.
      setTimeout(() => {
        this.#free++
        this.#next()
      })
    }
  }

  /** Takes a place as soon as there is one. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const leave = () => {
        this.#waiting.delete(begin)
        reject(signal.reason as Error)
      }
      const begin = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.add(begin)
      this.#next()
    })
  }

  #next(): void {
    const [begin] = this.#waiting
    if (!begin || this.#free === 0) return
    this.#waiting.delete(begin)
    this.#free--
    begin()
  }
}
