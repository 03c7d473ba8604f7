/**
 * Undo history in the browser's history: back and forward are undo and redo. A gesture such as a drag is one step however
 * many values it passes. During a gesture the address is updated only when nothing moves for a moment, since browsers allow
 * few changes of the address in a short time.
 */

/** The part of the browser's history that is used. */
export type HistoryPlaces = Pick<History, 'pushState' | 'replaceState'>

/** How long nothing must move before the address is updated, in milliseconds. */
const debounce = 150

export class UndoHistory {
  readonly #places: HistoryPlaces
  #gesture: string | undefined
  #pending: { address: string; timer: ReturnType<typeof setTimeout> } | undefined

  constructor(places: HistoryPlaces) {
    this.#places = places
  }

  /**
   * Goes to an address.
   *
   * @param gesture what moves, by a name that lasts as long as the gesture: its first change is a new step, all others
   *   go on with it. Without one, the change is a step of its own.
   */
  go(address: string, gesture?: string): void {
    const isSame = gesture !== undefined && gesture === this.#gesture
    if (!isSame) {
      this.settle()
      this.#places.pushState(null, '', address)
      this.#gesture = gesture
      return
    }
    clearTimeout(this.#pending?.timer)
    this.#pending = { address, timer: setTimeout(() => this.settle(), debounce) }
  }

  /** Changes the address without a step: how something is shown, not what. */
  replace(address: string): void {
    clearTimeout(this.#pending?.timer)
    this.#pending = undefined
    this.#places.replaceState(null, '', address)
  }

  /** Ends a gesture: the next change is a new step, whatever moves. */
  end(): void {
    this.settle()
    this.#gesture = undefined
  }

  /** Brings the address up to date. */
  settle(): void {
    if (!this.#pending) return
    clearTimeout(this.#pending.timer)
    this.#places.replaceState(null, '', this.#pending.address)
    this.#pending = undefined
  }

  /** The reader went back or forward: what was pending belongs to another step. */
  forget(): void {
    clearTimeout(this.#pending?.timer)
    this.#pending = undefined
    this.#gesture = undefined
  }
}
