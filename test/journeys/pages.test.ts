/** Every other page as a visitor uses it: what it is for works, nothing complains, axe finds nothing, nothing is cut off. */
import type { Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'

import { browsing } from '../support/browsing.ts'
import { live } from '../support/gallery.ts'
import { objections } from '../support/objections.ts'

const open = browsing()

/** What a visitor does on each page. */
const journeys: Record<string, (page: Page) => Promise<void>> = {
  '/reports': async (page) => {
    const links = page.getByRole('main').getByRole('link')
    expect(await links.count()).toBeGreaterThan(3)
  },
  '/reports/batch-size-32': async (page) => {
    expect(await page.getByRole('table').count()).toBeGreaterThan(0)
    expect(await page.locator('pre').first().textContent()).toContain('import')
  },
  '/reports/sweep': async (page) => expect(await page.getByRole('table').count()).toBeGreaterThan(0),
  '/api': async (page) => {
    const path = await page.locator('code', { hasText: '/api/experiments?' }).first().innerText()
    const example = /\/api\/experiments\?[\w=&.-]+/.exec(path)?.[0]
    const answer = await fetch(inject('served') + example)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toHaveProperty('fingerprint')
  },
  '/figures': async (page) => {
    const figure = await live(page, 'one-run')
    await expect.poll(() => figure.locator('.figure-badge').innerText()).toMatch(/equal/)
  },
  '/embed?batchSize=4': async (page) => {
    await page.locator('svg.chart:visible').first().waitFor()
    expect(await page.getByRole('link', { name: 'Run it yourself' }).getAttribute('href')).toContain('batchSize=4')
  },
  '/teach': async (page) => {
    const links = page.locator('.groups').getByRole('link')
    expect(await links.count()).toBe(4)
    // Each group's link opens an experiment that the API answers, beside another.
    for (const link of await links.all()) {
      const query = (await link.getAttribute('href'))!.replace('/playground', '')
      const answer = await fetch(`${inject('served')}/api/experiments${query}&histories=0`)
      expect(answer.status).toBe(200)
      expect(await answer.json()).toHaveProperty('comparison')
    }
    const answers = page.locator('.questions details')
    expect(await answers.count()).toBe(5)
    await answers.first().locator('summary').click()
    expect(await answers.first().locator('data').first().innerText()).toMatch(/^\d+$/)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.questions details').last().locator('data').last().isVisible()).toBe(true)
    expect(await page.locator('.sheet').evaluate((sheet) => getComputedStyle(sheet).breakBefore)).toBe('page')
    await page.emulateMedia({ media: 'screen' })
  },
  '/diagnose': async (page) => {
    await page.getByRole('button', { name: 'Keras: diverged' }).click()
    await page.getByRole('heading', { name: 'A loss becomes nan or infinite' }).first().waitFor()
  },
  '/about': async (page) => expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1),
  '/nothing': async (page) => expect(await page.getByRole('main').getByRole('link').count()).toBeGreaterThan(0),
}

it.each(Object.entries(journeys))('%s', async (path, journey) => {
  const thrown: string[] = []
  const page = await open(path, { viewport: { width: 390, height: 844 }, bypassCSP: true }, async (opened) =>
    opened.on('pageerror', ({ message }) => thrown.push(message)),
  )
  await journey(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await objections(page)).toEqual([])
  expect(thrown).toEqual([])
})
