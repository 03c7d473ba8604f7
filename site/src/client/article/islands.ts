/**
 * Starts the islands of the article and the reports: figures when they come near the screen, the first screen and the
 * figures with a slider through a run when they are first touched. Without their scripts the page stays as it was built.
 */
import { startWhenTouched, startWhenVisible } from '../load-island.ts'

const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector)

startWhenVisible(all('figure[data-given]'), async (figure) => {
  const { mountFigure } = await import('../figure/figure-island.tsx')
  await mountFigure(figure)
})

startWhenVisible(all('figure[data-valley]'), async (figure) => {
  const { mountValley } = await import('../valley/valley-island.tsx')
  mountValley(figure)
})

for (const hero of all('.thesis'))
  startWhenTouched(hero, async () => (await import('../hero/hero-island.ts')).mountHero(hero))

for (const figure of all('[data-scrub]'))
  startWhenTouched(figure, async () => (await import('../scrub/scrub-island.ts')).mountScrubber(figure))
