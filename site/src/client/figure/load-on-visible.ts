/**
 * Starts a figure's island when the figure comes near: nothing is fetched before, and all figures share one island.
 */

/** How near, in screens: enough to be there in time. */
const margin = '75% 0px'

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && target instanceof HTMLElement) void start(target)
    }
  },
  { rootMargin: margin },
)

const started = new WeakSet<HTMLElement>()

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-given]')) {
  observer.observe(figure)
  // By keys, or by a word that sets it, a reader is there before the figure came near.
  for (const touch of ['focusin', 'wake']) figure.addEventListener(touch, () => void start(figure))
}

/** Without the island the figure stands as it was built. */
async function start(figure: HTMLElement): Promise<void> {
  if (started.has(figure)) return
  started.add(figure)
  observer.unobserve(figure)
  const { mountFigure } = await import('./island.tsx')
  await mountFigure(figure)
}
