/** A page that stayed open over a deployment, or went offline: the files that it fetches on demand are not to be had. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { browsing } from '../support/browsing.ts'
import { badge, openPanel } from '../support/playground-page.ts'

const open = browsing()

/** What a deployment leaves of the files with a hash in their names that were there before: nothing. */
const deploy = (page: Page, files: RegExp = /\/_astro\//) =>
  page.route(files, (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'Not found' }))

const notice = (page: Page) => page.locator('.missing-part[role=alert]')

/** Presses Reload after the deployment is over, and gives the address before and after, with what the server was asked. */
async function reload(page: Page): Promise<{ before: string; after: string }> {
  await page.unrouteAll()
  const before = page.url()
  await Promise.all([page.waitForEvent('load'), notice(page).getByRole('button', { name: 'Reload' }).click()])
  await expect.poll(() => notice(page).count()).toBe(0)
  return { before, after: page.url() }
}

describe('a page that is older than the site', () => {
  it.each([
    ['the first slider', (page: Page) => page.locator('.thesis').getByRole('slider').first().focus()],
    ['a run to go through', (page: Page) => page.locator('[data-scrub]').first().getByRole('slider').focus()],
    ['a word that sets a figure', (page: Page) => page.locator('button.sets').first().click()],
  ])(
    'says so when %s is touched, and reloads at its address',
    async (_, touch) => {
      const page = await open('/?utm=1#the-problem')
      await page.waitForLoadState('networkidle')
      await deploy(page)
      await touch(page)
      await expect.poll(() => notice(page).innerText()).toContain('This page is older than the site.')
      const { before, after } = await reload(page)
      expect(before).toContain('?utm=1#the-problem')
      expect(after).toBe(before)
    },
    60_000,
  )

  it('says so in view wherever the reader is, and covers nothing where the page begins', async () => {
    const page = await open('/figures')
    await page.waitForLoadState('networkidle')
    await deploy(page)
    await page.locator('figure[data-given]').last().scrollIntoViewIfNeeded()
    await notice(page).waitFor()
    expect(Math.round((await notice(page).boundingBox())!.y)).toBe(0)
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }))
    const { y, height } = (await notice(page).boundingBox())!
    const header = (await page.locator('.site-header').boundingBox())!
    expect([Math.round(y), header.y >= y + height - 1]).toEqual([0, true])
  }, 60_000)

  it('says so in a figure that was reached and never trained: it keeps its picture, and offers no repetition', async () => {
    const page = await open('/figures')
    const figure = page.locator('#one-run')
    await figure.locator('.figure-picture').scrollIntoViewIfNeeded()
    await figure.locator('.figure-menu button:enabled').first().waitFor({ state: 'attached' })
    await page.waitForLoadState('networkidle')
    await deploy(page)
    await figure.getByRole('slider').focus()
    await expect.poll(() => notice(page).innerText()).toContain('This page is older than the site.')
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toBe('The figure stays as it was built.')
    expect(await figure.getByRole('button', { name: 'Try again' }).count()).toBe(0)
    expect(await figure.locator('svg:visible').count()).toBe(1)
    const { before, after } = await reload(page)
    expect(after).toBe(before)
  }, 60_000)

  it('says so in a figure that is reached after the deployment', async () => {
    const page = await open('/figures')
    await page.waitForLoadState('networkidle')
    await deploy(page)
    await page.locator('figure[data-given]').last().scrollIntoViewIfNeeded()
    await expect.poll(() => notice(page).innerText()).toContain('This page is older than the site.')
  }, 60_000)

  it('says so in the playground, whose settings still train, and reloads with what was set', async () => {
    const page = await open('/playground?batchSize=16&epochs=60')
    await expect.poll(() => badge(page)).toMatch(/^equal on the edge/)
    await deploy(page)
    await page.locator('#set-batchSize').fill('8')
    await page.locator('#set-batchSize').blur()
    await expect.poll(() => page.url()).toContain('batchSize=8')
    expect(await notice(page).count()).toBe(0)
    await openPanel(page, 'Code')
    await expect.poll(() => notice(page).innerText()).toContain('This page is older than the site.')
    const { before, after } = await reload(page)
    expect(new URL(after).search).toBe('?batchSize=8&epochs=60')
    expect(after).toBe(before)
  }, 60_000)

  it('says so when its web workers are gone', async () => {
    const page = await open('/playground?batchSize=16&epochs=60', {}, async (opened) => {
      await deploy(opened, /\/_astro\/worker-/)
      // Scripts came before the deployment; whoever asks again finds none.
      await opened.route(/\/_astro\/.*\.js$/, (route) =>
        route.request().method() === 'HEAD' ? route.fulfill({ status: 404 }) : route.fallback(),
      )
    })
    await expect.poll(() => notice(page).innerText()).toContain('This page is older than the site.')
  }, 60_000)
})

describe('a page whose part is missing for another reason', () => {
  it('says that the reader is offline, stays as it is while they are, and loads again when they are not', async () => {
    const page = await open('/#the-problem')
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await page.locator('.thesis').getByRole('slider').first().focus()
    await expect.poll(() => notice(page).innerText()).toContain('You are offline')
    const first = await notice(page).elementHandle()
    await notice(page).getByRole('button', { name: 'Try again' }).click()
    // It is announced anew.
    await expect.poll(() => first.evaluate(({ isConnected }) => isConnected)).toBe(false)
    expect(await notice(page).innerText()).toContain('You are offline')
    await page.context().setOffline(false)
    await Promise.all([page.waitForEvent('load'), notice(page).getByRole('button', { name: 'Try again' }).click()])
    expect(page.url()).toContain('/#the-problem')
    await page.locator('.thesis').getByRole('slider').first().focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.locator('.thesis.live').count()).toBe(1)
  }, 60_000)

  it('does not call itself old while its scripts are there', async () => {
    const page = await open('/')
    await page.waitForLoadState('networkidle')
    await deploy(page, /\/_astro\/hero-island/)
    await page.locator('.thesis').getByRole('slider').first().focus()
    await expect.poll(() => notice(page).innerText()).toContain('A part of this page could not be loaded.')
    await page.unrouteAll()
    await Promise.all([page.waitForEvent('load'), notice(page).getByRole('button', { name: 'Reload' }).click()])
  }, 60_000)
})
