/**
 * Passes the newest of many updates on to what draws it: at most once a frame, and less often where drawing takes long, so
 * that the page stays responsive whatever is computed.
 */

/** The clock and the frames that updates keep to; a page has its own. */
export interface UpdatePace {
  /** Calls back in the next frame. */
  frame: (draw: () => void) => void
  /** Milliseconds. */
  now: () => number
}

/** After an update was drawn, this many times as long is left to the rest of the page. */
const idleFactor = 3

const pageOf: UpdatePace = { frame: (draw) => void requestAnimationFrame(draw), now: () => performance.now() }

export class PacedUpdates<Update> {
  readonly #onUpdate: (update: Update) => void
  readonly #pace: UpdatePace
  /** What is still to be drawn. */
  #update: Update | undefined
  /** A frame is asked for: to draw what is new, or to let time pass since the last drawing. */
  #isFrameAsked = false
  /** Nothing was drawn since the last frame. */
  #isFree = true
  #idleUntil = 0

  constructor(onUpdate: (update: Update) => void, pace = pageOf) {
    this.#onUpdate = onUpdate
    this.#pace = pace
  }

  /** There is something new to draw, in place of what is not drawn yet. */
  report(update: Update): void {
    this.#update = update
    this.#askFrame()
  }

  /** The same, however long the last update took to draw: at once, where nothing was drawn since the last frame. */
  reportEnd(update: Update): void {
    this.#idleUntil = 0
    this.report(update)
    if (this.#isFree) this.#draw()
  }

  /** Forgets what is not drawn yet, and draws the next update in its frame, however long the last one took. */
  restart(): void {
    this.#update = undefined
    this.#idleUntil = 0
  }

  #askFrame(): void {
    if (this.#isFrameAsked) return
    this.#isFrameAsked = true
    this.#pace.frame(() => {
      this.#isFrameAsked = false
      this.#isFree = true
      this.#draw()
    })
  }

  #draw(): void {
    const update = this.#update
    if (update === undefined) return
    const start = this.#pace.now()
    if (start < this.#idleUntil) {
      this.#askFrame()
      return
    }
    this.#update = undefined
    this.#isFree = false
    this.#askFrame()
    this.#onUpdate(update)
    const end = this.#pace.now()
    this.#idleUntil = end + idleFactor * (end - start)
  }
}
