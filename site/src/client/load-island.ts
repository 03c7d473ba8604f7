/**
 * Starts an island, a part of a page that a script takes over, when it is first needed: until then its script is not
 * fetched, and the part stays as the site was built. There are two triggers: the island is touched, or it comes near the
 * screen.
 */

/**
 * What counts as touching an island: the pointer or the keyboard focus reaches it, or a word of the prose is about to set
 * it, which sends it the event `wake` (settable.ts).
 */
const touches = ['pointerover', 'focusin', 'wake']

/** How near to the screen an island starts, in heights of the screen: far enough to be there in time. */
const margin = '75% 0px'

/** Starts an island, once, when it is first touched. */
export function startWhenTouched(island: Element, start: () => void): void {
  const onTouch = () => {
    for (const touch of touches) island.removeEventListener(touch, onTouch)
    start()
  }
  for (const touch of touches) island.addEventListener(touch, onTouch)
}

/** Starts islands, each once, when they come near the screen, or are touched before: by keys, or by a word of the prose. */
export function startWhenVisible<Island extends Element>(
  islands: Iterable<Island>,
  start: (island: Island) => void,
): void {
  const started = new WeakSet<Element>()
  const startOnce = (island: Island) => {
    observer.unobserve(island)
    if (started.has(island)) return
    started.add(island)
    start(island)
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) startOnce(target as Island)
    },
    { rootMargin: margin },
  )
  for (const island of islands) {
    observer.observe(island)
    startWhenTouched(island, () => startOnce(island))
  }
}
