/**
 * Runs one asynchronous task at a time, and of those that wait only the newest: a slider that moves asks for more than can
 * be answered.
 */
export class Latest {
  #isBusy = false
  #waiting: { go: () => void; giveWay: () => void } | undefined

  /** What `ask` gives; undefined when a newer call took its place before it was asked. */
  async ask<T>(ask: () => Promise<T>): Promise<T | undefined> {
    if (this.#isBusy) {
      if (!(await this.#turn())) return undefined
    } else {
      this.#isBusy = true
    }
    try {
      return await ask()
    } finally {
      // It stays busy with the one that waited.
      this.#isBusy = this.#waiting !== undefined
      this.#waiting?.go()
      this.#waiting = undefined
    }
  }

  /** Waits; whether it is its turn, and not that of one that came later. */
  #turn(): Promise<boolean> {
    this.#waiting?.giveWay()
    return new Promise((resolve) => {
      this.#waiting = { go: () => resolve(true), giveWay: () => resolve(false) }
    })
  }
}
