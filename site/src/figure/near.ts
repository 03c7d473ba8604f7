/**
 * Starts a figure's island when the figure comes near: nothing is fetched before, and all figures share one island.
 */

/** How near, in screens: enough to be there in time. */
const margin = '75% 0px'

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue
      observer.unobserve(target)
      void start(target)
    }
  },
  { rootMargin: margin },
)

for (const figure of document.querySelectorAll('figure[data-given]')) observer.observe(figure)

/** Without the island the figure stands as it was built. */
async function start(figure: HTMLElement): Promise<void> {
  const { mount } = await import('./island.tsx')
  mount(figure)
}
