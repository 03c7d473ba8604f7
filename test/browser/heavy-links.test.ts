/** Links to experiments that train long: the page comes at once, and the browser trains. */
import { expect, inject, it } from 'vitest'

import { badge, open, patience, sharedBrowser, taken } from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()

it.each(['?hiddenUnits=128-128-128', '?batchSize=1&epochs=2000'])(
  '%s has a place for the curves, which the browser fills',
  async (query) => {
    const html = await (await fetch(`${served}/playground${query}`)).text()
    expect(html).toContain('instrument-placeholder')
    expect(html).not.toContain('class="key-number"')
    const { page, complaints } = await newPage()
    await open(page, query)
    await taken(page)
    await expect.poll(() => page.locator('.instrument-curves .line').count(), patience).toBeGreaterThan(0)
    expect(await page.locator('.instrument-placeholder').count()).toBe(0)
    expect(await badge(page)).toMatch(/^(training|trained) in your browser|^equal on the edge/)
    expect(await page.getByRole('slider', { name: 'batch size, slider' }).isEnabled()).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  },
  60_000,
)
