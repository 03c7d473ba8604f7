/**
 * Keeps rendered text current on pages that the browser translates.
 *
 * A translator replaces each text node by a `<font>` element that holds the translation. Preact knows nothing of it: it
 * would go on writing to a text node that has left the page, and insert new nodes before it (preactjs/preact#948). Here a
 * text node that was replaced acts for its replacement instead: where it stands, what follows it, how it is removed. As
 * soon as its text changes it takes its place back, and the translator translates the new text. Only the nodes that were
 * replaced, and their parents, behave differently from others; a page that nobody translates pays for one observer.
 */

/** The replacement of each text node that has one. */
const replacements = new WeakMap<Node, Element>()
/** What followed a replacement that was removed: Preact may still hold it as the place to insert before. */
const followers = new WeakMap<Node, Node | null>()

/** Watches what is rendered in an element for text nodes that a translator replaces. */
export function followTranslation(root: Element): void {
  new MutationObserver((records) => {
    const added = records.filter(({ addedNodes }) => isReplacement(addedNodes[0]))
    if (added.length === 0) return
    for (const record of records)
      for (const node of record.removedNodes) {
        if (!(node instanceof Text) || replacements.has(node) || node.parentNode === record.target) continue
        const replacement = replacementIn(record, added)
        if (replacement) follow(node, replacement)
      }
  }).observe(root, { childList: true, subtree: true })
}

const isReplacement = (node: Node | null | undefined): node is Element =>
  node instanceof Element && node.localName === 'font'

/** What was put where a text node was removed: in the same step, or just before or after it. */
function replacementIn(removal: MutationRecord, added: readonly MutationRecord[]): Element | undefined {
  const { target, previousSibling, nextSibling } = removal
  const isAdded = (node: Node | null) => added.some(({ addedNodes }) => addedNodes[0] === node)
  const beside = [removal.addedNodes[0], previousSibling, nextSibling].find(
    (node) => isReplacement(node) && isAdded(node),
  )
  if (beside) return beside as Element
  const later = added.find(
    (addition) =>
      addition.target === target &&
      addition.previousSibling === previousSibling &&
      addition.nextSibling === nextSibling,
  )
  return later?.addedNodes[0] as Element | undefined
}

/** Lets a text node act for its replacement. */
function follow(text: Text, replacement: Element): void {
  const parent = replacement.parentNode
  if (!parent) return
  replacements.set(text, replacement)
  const own = { configurable: true }
  Object.defineProperties(text, {
    parentNode: { ...own, get: () => replacement.parentNode },
    nextSibling: { ...own, get: () => replacement.nextSibling },
    data: {
      ...own,
      get: () => text.nodeValue,
      set: (data: string) => {
        takePlaceBack(text, replacement)
        text.data = data
      },
    },
  })
  if (Object.hasOwn(parent, 'insertBefore')) return
  Object.defineProperties(parent, {
    insertBefore: {
      value: (node: Node, before: Node | null) =>
        Node.prototype.insertBefore.call(parent, shownFor(node), placeOf(before)),
    },
    removeChild: {
      value: (node: Node) => {
        const shown = shownFor(node)
        if (shown !== node) followers.set(shown, shown.nextSibling)
        return Node.prototype.removeChild.call(parent, shown)
      },
    },
  })
}

function takePlaceBack(text: Text, replacement: Element): void {
  replacements.delete(text)
  for (const name of ['parentNode', 'nextSibling', 'data']) Reflect.deleteProperty(text, name)
  replacement.replaceWith(text)
}

/** The node that stands in the page for one that Preact knows. */
const shownFor = (node: Node): Node => replacements.get(node) ?? node

/** The node to insert before; where that is a replacement which was removed, what followed it. */
function placeOf(node: Node | null): Node | null {
  const shown = node && shownFor(node)
  if (!shown || shown.parentNode || !followers.has(shown)) return shown
  return placeOf(followers.get(shown) ?? null)
}
