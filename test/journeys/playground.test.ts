/** A whole visit to the playground: arrive, change, pin, compare, share, and what another reader finds by the link. */
import type { BrowserContextOptions } from 'playwright-core'
import { expect, inject, it } from 'vitest'

import { objections } from '../support/objections.ts'
import { addressOf, badge, entry, open, openPanel, set, sharedBrowser, taken } from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()

/** A page of the playground in a browser of its own, and what that complains about. */
async function arrive(query: string, options: BrowserContextOptions = {}) {
  const arrived = await newPage(options)
  await open(arrived.page, query)
  return arrived
}

it('a whole visit to the playground: arrives, changes three things, pins, compares, shares; and the link is equal elsewhere', async () => {
  const { page, complaints } = await arrive('?batchSize=16&epochs=60', {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await taken(page)

  await page.getByRole('slider', { name: 'batch size, slider' }).press('ArrowLeft')
  await expect.poll(() => addressOf(page)).toMatch(/batchSize=8\b|batchSize=15\b/)
  const size = new URL(page.url()).searchParams.get('batchSize')!
  await entry(page, 'learningRate').fill('0,02')
  await expect.poll(() => addressOf(page)).toContain('learningRate=0.02')
  await page.locator('summary', { hasText: /^Network/ }).click()
  await entry(page, 'activation').selectOption('tanh')
  await expect.poll(() => addressOf(page)).toContain('activation=tanh')
  await set(page, 'seeds', '12')
  await expect.poll(() => badge(page)).toMatch(/^equal on the edge, bit for bit/)

  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await expect.poll(() => page.locator('.instrument-compared').innerText()).toContain('A and B are the same experiment')
  await set(page, 'batchSize', 'full')
  const compared = () => page.locator('.instrument-compared').innerText()
  await expect
    .poll(compared)
    .toMatch(
      new RegExp(`In 12 seeds, full batch \\(500\\) is calmer than batch size ${size} by 0\\.\\d+\\s±\\s0\\.\\d+\\.`),
    )
  await openPanel(page, 'Numbers')
  expect(await page.locator('.paired circle').count()).toBe(24)
  await expect.poll(() => badge(page)).toMatch(/^equal on the edge, bit for bit/)

  await page.getByRole('link', { name: 'Share', exact: true }).click()
  const sharing = page.getByRole('region', { name: 'Share' })
  await expect(sharing.getByRole('status').first().innerText()).resolves.toBe('')
  await sharing.getByRole('button', { name: 'Copy link' }).click()
  await expect.poll(() => sharing.getByRole('status').first().innerText()).toBe('Copied.')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/[?&]expect=[0-9a-f]{16}&v=fused-1$/)
  expect(complaints).toEqual([])
  await page.context().close()

  const elsewhere = await arrive(link.slice(`${served}/playground`.length))
  await taken(elsewhere.page)
  await expect
    .poll(() => elsewhere.page.locator('.instrument-notes').innerText())
    .toContain('the fingerprint is equal, so every bit is')
  await expect.poll(() => elsewhere.page.locator('.instrument-compared').innerText()).toContain('In 12 seeds')
  expect(elsewhere.complaints).toEqual([])
  await elsewhere.page.context().close()
}, 120_000)

it('axe finds nothing on the playground, live, on a dark phone', async () => {
  const options = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', bypassCSP: true } as const
  const { page } = await arrive('?batchSize=4&seeds=3', options)
  await taken(page)
  // At the end of the page the sliders that stick to the screen's edge lie over nothing.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  expect(await objections(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
}, 60_000)
