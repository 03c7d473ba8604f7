/**
 * Touches that scroll the page change nothing. A touch on a slider or a chart is held back until its direction is known:
 * sideways it goes on, up or down it is left to the page, and a tap counts when it ends.
 *
 * Browsers set a slider as soon as it is touched, and report only later, by `pointercancel`, that the touch scrolls. So
 * its `input` events are stopped on their way down until the direction is known, and a touch that scrolls sets the
 * slider back. Charts get the `pointerdown` that they were not given. Importing this file is enough.
 */

/** What a touch can move. */
const movable = 'input[type=range], .figure-picture, .instrument-curves'
/** How far a touch must go before it has a direction, in pixels. */
const slop = 8

interface Touch {
  /** The event it began with. */
  began: PointerEvent
  target: Element
  /** The value of a slider before it was touched. */
  value: string | undefined
  direction: 'unknown' | 'sideways' | 'scrolling'
}

let touch: Touch | undefined

const listen = <Name extends keyof WindowEventMap>(name: Name, listener: (event: WindowEventMap[Name]) => void) =>
  addEventListener(name, listener, { capture: true })

listen('pointerdown', (event) => {
  if (!event.isTrusted || event.pointerType !== 'touch') return
  // With a second finger the page is zoomed.
  if (touch && touch.direction === 'unknown' && !event.isPrimary) scroll(touch)
  const target = event.isPrimary && event.target instanceof Element ? event.target.closest(movable) : undefined
  if (!target) return
  touch = { began: event, target, value: sliderOf(target)?.value, direction: 'unknown' }
  event.stopImmediatePropagation()
})

listen('pointermove', (event) => {
  if (!isOf(event) || touch.direction === 'sideways') return
  const [across, along] = [event.clientX - touch.began.clientX, event.clientY - touch.began.clientY].map(Math.abs)
  if (touch.direction === 'unknown' && Math.max(across!, along!) >= slop) {
    if (across! > along!) release(touch)
    else scroll(touch)
  }
  if (touch.direction !== 'sideways') event.stopImmediatePropagation()
})

listen('pointerup', (event) => {
  if (!isOf(event)) return
  if (touch.direction === 'unknown') release(touch)
  touch = undefined
})

listen('pointercancel', (event) => {
  if (!isOf(event)) return
  const wasReleased = touch.direction === 'sideways'
  scroll(touch)
  if (wasReleased) tell(touch)
  touch = undefined
})

for (const name of ['input', 'change'] as const)
  listen(name, (event) => {
    if (!event.isTrusted || event.target !== touch?.target || touch.direction === 'sideways') return
    event.stopImmediatePropagation()
    if (touch.direction === 'scrolling') scroll(touch)
  })

function isOf(event: PointerEvent): event is PointerEvent & { pointerId: number } {
  return touch !== undefined && event.isTrusted && event.pointerId === touch.began.pointerId
}

/** It is meant: what was held back happens. */
function release(one: Touch): void {
  one.direction = 'sideways'
  if (sliderOf(one.target)?.value !== one.value || one.value === undefined) tell(one)
}

/** It scrolls the page: a slider is as it was. */
function scroll(one: Touch): void {
  one.direction = 'scrolling'
  const slider = sliderOf(one.target)
  if (slider && one.value !== undefined) slider.value = one.value
}

/** Gives a slider's handlers its value, and a chart's the beginning of the touch. */
function tell({ target, began }: Touch): void {
  if (sliderOf(target)) target.dispatchEvent(new Event('input', { bubbles: true }))
  else began.target?.dispatchEvent(new PointerEvent('pointerdown', began))
}

function sliderOf(element: Element): HTMLInputElement | undefined {
  return element instanceof HTMLInputElement ? element : undefined
}
