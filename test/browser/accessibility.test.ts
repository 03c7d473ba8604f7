/** Every page and state as axe sees it: on a dark phone and a light desktop, with and without what is folded. */
import { describe, expect, it } from 'vitest'

import { browsing } from '../support/browsing.ts'
import { objections } from '../support/objections.ts'

const open = browsing()

const states = {
  'the article': '/',
  'the playground': '/playground',
  'the playground with many seeds, another network and other views':
    '/playground?batchSize=4&seeds=10&hiddenUnits=50-20&metric=loss',
  'the playground where a run diverged': '/playground?batchSize=1&learningRate=0.1',
  'the playground with something wrong': '/playground?dataset=moons&batchSize=0,5&noise=x',
  'the playground with what was read, and a stranger': '/playground?learningRate=0,02&batchSiz=4',
  'the bare figure': '/embed?batchSize=4',
  'the bare figure with something wrong': '/embed?batchSize=0',
  'all reports': '/reports',
  'a report': '/reports/batch-size-32',
  'the sweep': '/reports/sweep',
  'the API': '/api',
  'the gallery': '/figures',
  'your own curves': '/diagnose',
  about: '/about',
  'a wrong address': '/nothing',
}

describe.each([
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
] as const)('at $viewport.width px, $colorScheme', (options) => {
  it.each(Object.entries(states))(
    'axe finds nothing, and nothing is wider than the screen, on %s',
    async (_, path) => {
      const page = await open(path, { ...options, bypassCSP: true })
      const width = () => page.evaluate(() => document.documentElement.scrollWidth)
      // At its end what sticks to the screen's edges lies over nothing.
      const end = () => page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
      await end()
      expect([await objections(page), await width()]).toEqual([[], options.viewport.width])
      const unfolded = await page.evaluate(() => {
        const folded = Array.from(document.querySelectorAll('details:not([open])')) as HTMLDetailsElement[]
        for (const one of folded) one.open = true
        return folded.length
      })
      // Where nothing was folded, that was all of it.
      await end()
      if (unfolded > 0) expect([await objections(page), await width()]).toEqual([[], options.viewport.width])
    },
    60_000,
  )
})
