/**
 * Keeps the keyboard focus near its place where a rendering removes the element that has it: a link back to a default
 * disappears once it is followed, and the browser would leave the focus on the page as a whole.
 */

/** Elements that the Tab key stops at. Of radio buttons of one name it is the checked one. */
const stops =
  'a[href], button:enabled, input:enabled:not([type=hidden], [type=radio]:not(:checked)), select:enabled, summary'

/** Renders, and moves the focus from an element that is gone by then to the control before it, or the nearest other. */
export function keepFocus(root: HTMLElement, render: () => void): void {
  const held = document.activeElement
  if (!held || held === root || !root.contains(held)) {
    render()
    return
  }
  // Where it is: the elements around it, from the inside, and in each the one before it.
  const around: { parent: Element; before: Element | null }[] = []
  for (let inner = held; inner !== root && inner.parentElement; inner = inner.parentElement)
    around.push({ parent: inner.parentElement, before: inner.previousElementSibling })
  render()
  const isLost = !held.isConnected && (document.activeElement ?? document.body) === document.body
  if (!isLost) return
  for (const { parent, before } of around) {
    const near = parent.isConnected ? nearest(parent, before) : undefined
    if (!near) continue
    near.focus({ preventScroll: true })
    return
  }
}

/** The last stop of an element up to a child of it; its first stop where there is none before. */
function nearest(parent: Element, before: Element | null): HTMLElement | undefined {
  const visible = [...parent.querySelectorAll<HTMLElement>(stops)].filter(isVisible)
  const isBefore = (stop: Element) =>
    before?.isConnected === true &&
    (before.contains(stop) || (before.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING) !== 0)
  return visible.filter(isBefore).at(-1) ?? visible[0]
}

/** Whether an element is shown: not where its style hides it, or a group that is folded. */
function isVisible(element: Element): boolean {
  return element.getClientRects().length > 0 && !element.closest('details:not([open]) > :not(summary)')
}
