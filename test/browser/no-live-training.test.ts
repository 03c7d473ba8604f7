/** The playground where its scripts cannot run: it says so, and the form of the Worker's page works. */
import { describe, expect, it } from 'vitest'

import { browsing, type Prepare } from '../support/browsing.ts'
import { patience, taken } from '../support/playground-page.ts'

const open = browsing()

const cases: Record<string, { says: RegExp; prepare: Prepare }> = {
  'a browser without what came in 2021': {
    says: /^This browser is too old for live training, .*press Train\.$/,
    prepare: (page) =>
      page.addInitScript(() => {
        Reflect.deleteProperty(Object, 'hasOwn')
        Reflect.deleteProperty(Array.prototype, 'at')
      }),
  },
  'a browser that cannot parse them': {
    says: /^This browser is too old for live training, .*press Train\.$/,
    prepare: (page) =>
      page.route(/_astro\/island.*\.js$/, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: 'export const unknown syntax' }),
      ),
  },
  'scripts that do not arrive': {
    says: /^The scripts of this page did not start, .*press Train\.$/,
    prepare: (page) => page.route(/_astro\/.*\.js$/, (route) => route.abort()),
  },
}

describe.each(Object.entries(cases))('%s', (_, { says, prepare }) => {
  it('leaves a form with a button, and no dead controls', async () => {
    const page = await open('/playground?batchSize=4&epochs=30', {}, prepare)
    const note = page.locator('.no-live:visible')
    await note.waitFor({ timeout: patience.timeout })
    expect((await note.innerText()).trim()).toMatch(says)
    expect(await note.count()).toBe(1)
    // A notice that a part of the page is missing would say something else, and lie on top of it.
    await page.waitForLoadState('networkidle')
    expect(await page.locator('.missing-part').count()).toBe(0)
    expect(await page.locator('input[type="range"]:visible').count()).toBe(0)
    expect(await page.locator('.transport:visible').count()).toBe(0)
    await page.locator('#set-batchSize').fill('8')
    await page.getByRole('button', { name: 'Train', exact: true }).click()
    await page.waitForURL(/batchSize=8/)
    await expect.poll(() => page.locator('h1').innerText(), patience).toContain('Batch size 8')
  }, 60_000)
})

it('says nothing where the page is live', async () => {
  const page = await open('/playground?batchSize=4&epochs=30')
  await taken(page)
  expect(await page.locator('.no-live:visible').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Train', exact: true }).count()).toBe(0)
})
