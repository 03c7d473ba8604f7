/** When islands start: once, at the first touch, or as they come near the screen. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { startWhenTouched, startWhenVisible } from '../../../../site/src/client/load-island.ts'

/** What an island needs of an element: that it takes events. */
const island = () => new EventTarget() as Element

/** An observer of elements that a test moves onto the screen. */
class Screen {
  static now: Screen
  readonly observed = new Set<Element>()
  readonly #onChange: (entries: { target: Element; isIntersecting: boolean }[]) => void

  constructor(onChange: (entries: { target: Element; isIntersecting: boolean }[]) => void) {
    this.#onChange = onChange
    Screen.now = this
  }

  observe(element: Element): void {
    this.observed.add(element)
    // Browsers say at once that it is not there yet.
    this.#onChange([{ target: element, isIntersecting: false }])
  }

  unobserve(element: Element): void {
    this.observed.delete(element)
  }

  show(...elements: Element[]): void {
    this.#onChange(elements.filter((one) => this.observed.has(one)).map((target) => ({ target, isIntersecting: true })))
  }
}

describe('an island that starts when it is touched', () => {
  it.each(['pointerover', 'focusin', 'wake'])('starts at %s, and only once', (touch) => {
    const [element, start] = [island(), vi.fn<() => void>()]
    startWhenTouched(element, start)
    expect(start).not.toHaveBeenCalled()
    element.dispatchEvent(new Event(touch))
    element.dispatchEvent(new Event(touch))
    element.dispatchEvent(new Event('focusin'))
    element.dispatchEvent(new Event('wake'))
    expect(start).toHaveBeenCalledTimes(1)
  })
})

describe('islands that start when they come near the screen', () => {
  beforeEach(() => vi.stubGlobal('IntersectionObserver', Screen))
  afterEach(() => vi.unstubAllGlobals())

  it('start one by one, each once', () => {
    const [first, second, start] = [island(), island(), vi.fn<(island: Element) => void>()]
    startWhenVisible([first, second], start)
    expect(start).not.toHaveBeenCalled()
    Screen.now.show(second)
    Screen.now.show(second)
    second.dispatchEvent(new Event('focusin'))
    expect(start.mock.calls).toEqual([[second]])
    Screen.now.show(first)
    expect(start.mock.calls).toEqual([[second], [first]])
  })

  it('start before that when they are touched, and are watched no longer', () => {
    const [element, start] = [island(), vi.fn<(island: Element) => void>()]
    startWhenVisible([element], start)
    element.dispatchEvent(new Event('wake'))
    expect(start.mock.calls).toEqual([[element]])
    expect(Screen.now.observed.size).toBe(0)
  })
})
