import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, 90_000)
afterAll(() => browser.close())

it('a browser’s EventSource that nobody closes hears the result once, and stops', async () => {
  const page = await browser.newPage()
  await page.goto(`${inject('served')}/api`)
  const heard = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const events: string[] = []
        const source = new EventSource('/api/experiments/stream?histories=0&seed=9200')
        for (const type of ['progress', 'result', 'problem'])
          source.addEventListener(type, ({ lastEventId }) => events.push(`${type} ${lastEventId}`))
        source.addEventListener('error', () => source.readyState === EventSource.CLOSED && resolve(events))
      }),
  )
  expect(heard.filter((event) => event.startsWith('result'))).toEqual(['result end'])
  expect(heard.at(-1)).toBe('result end')
  await page.close()
}, 30_000)
