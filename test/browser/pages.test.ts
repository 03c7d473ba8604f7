import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev, type WranglerDev } from '../support/wrangler-dev.ts'

let dev: WranglerDev
let browser: Browser
beforeAll(async () => {
  ;[dev, browser] = await Promise.all([startWranglerDev(), launchChromium()])
}, 90_000)
afterAll(async () => {
  await browser.close()
  await dev.stop()
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
  await page.goto(dev.url + path)
  return { page, complaints }
}

describe.each(Object.entries(sizes))('on a %s, without JavaScript', (_, size) => {
  it('the home page shows the mini-batch figure, trained by the Worker', async () => {
    const { page, complaints } = await open('/', size)
    const figure = page.getByRole('img', { name: /train and test accuracy/i })
    await figure.scrollIntoViewIfNeeded()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('batch size')
    const box = (await figure.boundingBox())!
    expect(box.width).toBeGreaterThan(size.width * 0.4)
    expect(box.x + box.width).toBeLessThanOrEqual(size.width)
    expect(await page.evaluate(() => document.images[0]!.complete && document.images[0]!.naturalWidth)).toBeGreaterThan(
      0,
    )
    expect(complaints).toEqual([])
    await page.context().close()
  }, 30_000)

  it('its form leads to a permalink with that experiment', async () => {
    const { page, complaints } = await open('/', size)
    await page.getByLabel('batch size', { exact: true }).fill('64')
    await page.getByLabel('epochs').fill('40')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.waitForURL(/\/playground\?batchSize=64/)
    expect(await page.getByLabel('batch size', { exact: true }).inputValue()).toBe('64')
    expect(await page.getByRole('img', { name: /batch size 64, learning rate 0.01, 40 epochs/ }).isVisible()).toBe(true)
    expect(await page.getByRole('row', { name: /test accuracy after the last epoch/ }).innerText()).toMatch(/0\.\d+/)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 30_000)

  it('nonsense in the form is answered in words, beside what was typed', async () => {
    const { page } = await open('/', size)
    await page.getByLabel('batch size', { exact: true }).fill('many')
    await page.getByRole('button', { name: 'Train' }).click()
    expect(await page.getByRole('alert').innerText()).toMatch(
      /batchSize is many\. Allowed: a whole number of at least 1, or full/,
    )
    expect(await page.getByLabel('batch size', { exact: true }).inputValue()).toBe('many')
    await page.context().close()
  }, 30_000)
})
