/**
 * Keeps the keyboard focus near its place where a rendering removes the element that has it: a link back to a default
 * disappears once it is followed, and the browser would leave the focus on the page as a whole.
 */

/** Elements that the Tab key stops at. Of radio buttons of one name it is the checked one. */
const stops =
  'a[href]:not(.skip), button:enabled, input:enabled:not([type=hidden], [type=radio]:not(:checked)), select:enabled, summary'

/** Renders, and moves the focus from an element that is gone by then to the control before it, or the nearest other. */
export function keepFocus(root: HTMLElement, render: () => void): void {
  const held = document.activeElement
  if (!held || held === root || !root.contains(held)) {
    render()
    return
  }
  // Where it is: the elements around it, from the inside, and in each the one before it.
  const around: Surroundings[] = []
  for (let inner = held; inner !== root && inner.parentElement; inner = inner.parentElement)
    around.push({ parent: inner.parentElement, before: inner.previousElementSibling })
  render()
  const isLost = !held.isConnected && (document.activeElement ?? document.body) === document.body
  if (!isLost) return
  const left = around.filter(({ parent }) => parent.isConnected)
  const near = firstFound(left, lastBefore) ?? firstFound(left, ({ parent }) => stopsIn(parent)[0])
  near?.focus({ preventScroll: true })
}

interface Surroundings {
  parent: Element
  before: Element | null
}

/** The last stop of an element up to a child of it. */
function lastBefore({ parent, before }: Surroundings): HTMLElement | undefined {
  const isBefore = (stop: Element) =>
    before?.isConnected === true &&
    (before.contains(stop) || (before.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING) !== 0)
  return stopsIn(parent).filter(isBefore).at(-1)
}

const stopsIn = (parent: Element) => [...parent.querySelectorAll<HTMLElement>(stops)].filter(isVisible)

function firstFound<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether an element is shown: not where its style hides it, or a group that is folded. */
function isVisible(element: Element): boolean {
  return element.getClientRects().length > 0 && !element.closest('details:not([open]) > :not(summary)')
}
