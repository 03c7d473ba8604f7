import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'

const served = inject('served')
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, 90_000)
afterAll(async () => {
  await browser.close()
})

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } }

/** Opens a page without JavaScript; anything that the browser complains about fails the test. */
async function open(
  path: string,
  viewport: { width: number; height: number },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport, javaScriptEnabled: false })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('requestfailed', (request) => complaints.push(request.url()))
  page.on(
    'response',
    (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`),
  )
  await page.goto(served + path)
  return { page, complaints }
}

describe.each(Object.entries(sizes))('on a %s, without JavaScript', (_, size) => {
  it('the home page answers a choice of batch size, and shows every figure as the reader comes to it', async () => {
    const { page, complaints } = await open('/', size)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('batch size')
    const shown = page.locator('.thesis [data-state]:visible')
    expect(await shown.getAttribute('data-state')).toBe('4')
    await page.locator('.thesis').getByRole('radio', { name: '256' }).check()
    expect(await shown.getAttribute('data-state')).toBe('256')
    expect(await shown.getByRole('img').getAttribute('aria-label')).toContain('batch size 256')
    const figures = page.locator('figure[data-given]')
    expect(await figures.count()).toBeGreaterThan(8)
    for (const figure of await figures.all()) {
      const picture = figure.locator('img:visible')
      await picture.scrollIntoViewIfNeeded()
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
      const box = (await picture.boundingBox())!
      expect(box.width).toBeGreaterThan(size.width * 0.4)
      expect(box.x + box.width).toBeLessThanOrEqual(size.width)
      expect(await picture.getAttribute('alt')).toMatch(/\w+ \w+/)
    }
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('the playground’s form leads to a permalink with that experiment', async () => {
    const { page, complaints } = await open('/playground', size)
    await page.getByLabel('batch size', { exact: true }).fill('64')
    await page.getByLabel('epochs', { exact: true }).fill('40')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.waitForURL(/\/playground\?batchSize=64/)
    expect(await page.getByLabel('batch size', { exact: true }).inputValue()).toBe('64')
    expect(await page.getByRole('img', { name: /batch size 64, learning rate 0.01, 40 epochs/ }).isVisible()).toBe(true)
    expect(await page.getByRole('row', { name: /test accuracy after the last epoch/ }).innerText()).toMatch(/0\.\d+/)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 30_000)

  it('nonsense in the form is answered in words, beside what was typed', async () => {
    const { page } = await open('/playground', size)
    await page.getByLabel('batch size', { exact: true }).fill('many')
    await page.getByRole('button', { name: 'Train' }).click()
    expect(await page.getByRole('alert').innerText()).toMatch(
      /batchSize is many\. Allowed: a whole number of at least 1, or full/,
    )
    expect(await page.getByLabel('batch size', { exact: true }).inputValue()).toBe('many')
    await page.context().close()
  }, 30_000)
})

describe('with JavaScript', () => {
  it('a guess stays beside the answer', async () => {
    const page = await (await browser.newContext({ viewport: sizes.phone })).newPage()
    await page.goto(served)
    await page.getByRole('radio', { name: '450' }).last().check()
    expect(await page.locator('[data-guess="sizes"]').innerText()).toContain('450')
    expect(await page.locator('[data-guess="stochastic"]').innerText()).toBe('')
    await page.context().close()
  }, 30_000)
})
