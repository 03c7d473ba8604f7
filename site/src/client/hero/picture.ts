/**
 * Draws an experiment of the first screen that is trained in the browser: curves, axis and numbers, in a copy of one of the
 * states that the page was built with.
 */
import { wholeNumber } from '#charts/text/format.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { stepsPerEpoch } from '#experiment/spec/training-size.ts'

import { pathOf } from '../drawings/run-curves.ts'
import { gridOf, axisRange, ticksOf, usualRange, viewBoxOf, type Range } from './axis.ts'
import type { HeroProgress } from './training.ts'
import { epochsOf, instabilityOf, remarkOn, settingsText, sourceOf } from './words.ts'

/** The picture; it is part of the page from the beginning, and drawn again and again. */
export class Picture {
  readonly #state: HTMLElement
  #range: Range

  /** @param template a state of the page, one with the gray line of the full batch */
  constructor(template: HTMLElement) {
    this.#state = template.cloneNode(true) as HTMLElement
    this.#state.dataset['state'] = 'live'
    template.after(this.#state)
    this.#range = usualRange
    this.#part('ghost').textContent = '; gray: full batch at 0.01'
  }

  /**
   * Draws what is known.
   *
   * @param isMoving a slider moves: meanwhile the axis only grows, so that nothing jumps
   * @returns the same in words for screen readers; empty before a run is over
   */
  draw({ spec, train, test, first, summary }: HeroProgress, isMoving: boolean): string {
    this.#scale(axisRange([...train, ...test], isMoving ? this.#range : usualRange))
    this.#one('.curve.train').setAttribute('d', pathOf(train))
    this.#one('.curve.test').setAttribute('d', pathOf(test))
    this.#one('.more a').setAttribute('href', permalink({ ...spec, seeds: 1 }))
    const [updates, epochs, instability] = this.#state.querySelectorAll('dd')
    updates!.textContent = wholeNumber(stepsPerEpoch(spec))
    if (!first || !summary) return ''
    const remark = remarkOn(first)
    const source = sourceOf(spec, summary.runs)
    this.#part('remark').textContent = remark
    this.#part('source').textContent = source
    epochs!.textContent = epochsOf(summary)
    instability!.textContent = instabilityOf(summary)
    const words = `Train and test accuracy over ${spec.epochs} epochs with ${settingsText(spec)}.`
    this.#one('.plot svg').setAttribute('aria-label', `${words} ${remark}`)
    return `${settingsText(spec)}. ${remark} Epochs to 0.80: ${epochsOf(summary)}. Instability: ${instabilityOf(summary)}. ${source}`
  }

  #scale(range: Range): void {
    if (String(range) === String(this.#range)) return
    this.#range = range
    this.#one('.plot svg').setAttribute('viewBox', viewBoxOf(range))
    this.#one('.grid').setAttribute('d', gridOf(range))
    const items = ticksOf(range).map((tick) => {
      const item = document.createElement('li')
      item.textContent = tick.toFixed(1)
      return item
    })
    this.#one('.ticks').replaceChildren(...items)
  }

  #part(name: string): Element {
    return this.#one(`[data-part='${name}']`)
  }

  #one(selector: string): Element {
    return this.#state.querySelector(selector)!
  }
}
