/**
 * Keeps touches that scroll the page from moving sliders and cursors. A touch on a slider or a chart is held back until its direction is known:
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

interface HeldTouch {
  /** The event it began with. */
  began: PointerEvent
  target: Element
  /** The value of a slider before it was touched. */
  value: string | undefined
  direction: 'unknown' | 'sideways' | 'scrolling'
}

let touch: HeldTouch | undefined

const listen = <Name extends keyof WindowEventMap>(name: Name, listener: (event: WindowEventMap[Name]) => void) =>
  addEventListener(name, listener, { capture: true })

listen('pointerdown', (event) => {
  if (!event.isTrusted || event.pointerType !== 'touch') return
  // With a second finger the page is zoomed.
  if (touch && touch.direction === 'unknown' && !event.isPrimary) leaveToPage(touch)
  const target = event.isPrimary && event.target instanceof Element ? event.target.closest(movable) : undefined
  if (!target) return
  touch = { began: event, target, value: sliderOf(target)?.value, direction: 'unknown' }
  event.stopImmediatePropagation()
})

listen('pointermove', (event) => {
  const held = heldBy(event)
  if (!held || held.direction === 'sideways') return
  const across = Math.abs(event.clientX - held.began.clientX)
  const along = Math.abs(event.clientY - held.began.clientY)
  if (held.direction === 'unknown' && Math.max(across, along) >= slop) {
    if (across > along) {
      release(held)
      return
    }
    leaveToPage(held)
  }
  event.stopImmediatePropagation()
})

listen('pointerup', (event) => {
  const held = heldBy(event)
  if (!held) return
  if (held.direction === 'unknown') release(held)
  touch = undefined
})

listen('pointercancel', (event) => {
  const held = heldBy(event)
  if (!held) return
  const wasReleased = held.direction === 'sideways'
  leaveToPage(held)
  if (wasReleased) tell(held)
  touch = undefined
})

for (const name of ['input', 'change'] as const)
  listen(name, (event) => {
    if (!event.isTrusted || !touch || event.target !== touch.target || touch.direction === 'sideways') return
    event.stopImmediatePropagation()
    if (touch.direction === 'scrolling') leaveToPage(touch)
  })

/** The touch that an event is of. */
function heldBy(event: PointerEvent): HeldTouch | undefined {
  return event.isTrusted && event.pointerId === touch?.began.pointerId ? touch : undefined
}

/** It is meant: what was held back happens. */
function release(one: HeldTouch): void {
  one.direction = 'sideways'
  if (sliderOf(one.target)?.value !== one.value || one.value === undefined) tell(one)
}

/** It scrolls the page: a slider is as it was. */
function leaveToPage(one: HeldTouch): void {
  one.direction = 'scrolling'
  const slider = sliderOf(one.target)
  if (slider && one.value !== undefined) slider.value = one.value
}

/** Gives a slider's handlers its value, and a chart's the beginning of the touch. */
function tell({ target, began }: HeldTouch): void {
  if (sliderOf(target)) target.dispatchEvent(new Event('input', { bubbles: true }))
  else began.target?.dispatchEvent(new PointerEvent('pointerdown', began))
}

function sliderOf(element: Element): HTMLInputElement | undefined {
  return element instanceof HTMLInputElement ? element : undefined
}
