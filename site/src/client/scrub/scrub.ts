/**
 * The controls of a figure that goes through a run: a slider over its epochs, and a button that plays it. What is drawn at
 * an epoch is up to the figure; where the reader goes faster than it draws, epochs are left out.
 */
import { play, playedFrom } from '../playback.ts'
import { Latest } from '../trainer/latest.ts'
import { scrubEpochs } from './epochs.ts'

/**
 * Draws a figure at an epoch.
 *
 * @param isOld whether another epoch has been asked for meanwhile
 * @returns what is to be read there beside the epoch, where there is something
 */
export type DrawAt = (epoch: number, isOld: () => boolean) => Promise<string>

/** The speed of playing, in epochs a second. */
const speed = 20

/** Takes over the controls of a figure. */
export class Scrub {
  readonly #button: HTMLButtonElement
  readonly #slider: HTMLInputElement
  readonly #said: Element
  readonly #draw: DrawAt
  readonly #onFailure: () => void
  #epoch: number
  readonly #drawings = new Latest()
  #hasFailed = false
  /** Stops what plays. */
  #stop: (() => void) | undefined

  /** @param onFailure the browser cannot train */
  constructor(figure: HTMLElement, draw: DrawAt, onFailure: () => void) {
    this.#button = figure.querySelector('.scrub button')!
    this.#slider = figure.querySelector('.scrub input')!
    this.#said = figure.querySelector('.scrub-at')!
    this.#draw = draw
    this.#onFailure = onFailure
    this.#epoch = Number(this.#slider.defaultValue)
    this.#slider.addEventListener('input', () => {
      this.pause()
      this.goTo(Number(this.#slider.value))
    })
    this.#button.addEventListener('click', () => (this.#stop ? this.pause() : this.#play()))
    // The slider may have been moved before this was there.
    if (Number(this.#slider.value) !== this.#epoch) this.goTo(Number(this.#slider.value))
  }

  /** Goes to an epoch. */
  goTo(epoch: number): void {
    this.#epoch = Math.max(1, Math.min(scrubEpochs, Math.round(epoch)))
    this.#slider.value = String(this.#epoch)
    this.#say('')
    void this.#show(this.#epoch)
  }

  /** Stops playing. */
  pause(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#button.ariaPressed = 'false'
  }

  #play(): void {
    this.#button.ariaPressed = 'true'
    this.#stop = play({
      from: playedFrom(this.#epoch, scrubEpochs),
      epochs: scrubEpochs,
      speed,
      goTo: (epoch) => {
        if (epoch !== this.#epoch) this.goTo(epoch)
      },
      onEnd: () => this.pause(),
    })
  }

  /** Draws an epoch, unless another one is asked for before its turn comes. */
  async #show(epoch: number): Promise<void> {
    const isOld = () => epoch !== this.#epoch
    try {
      const words = await this.#drawings.ask(() => this.#draw(epoch, isOld))
      if (words !== undefined && !isOld()) this.#say(words)
    } catch {
      this.pause()
      if (!this.#hasFailed) this.#onFailure()
      this.#hasFailed = true
    }
  }

  #say(words: string): void {
    this.#said.textContent = `${this.#epoch}${words && ` · ${words}`}`
    this.#slider.setAttribute('aria-valuetext', `epoch ${this.#epoch}${words && `: ${words}`}`)
  }
}
