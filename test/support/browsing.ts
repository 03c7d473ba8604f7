/** The product as it is served, in a browser. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'

import { launchChromium } from './chromium.ts'

/** What is done to a page before it goes anywhere. */
export type Prepare = (page: Page) => Promise<unknown>

/** Opens a path of the product in a page of its own, which is closed after the test. */
export type Open = (path: string, options?: BrowserContextOptions, prepare?: Prepare) => Promise<Page>

/** A browser for the tests of a file. */
export function browsing(): Open {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  }, 90_000)
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
  })
  afterAll(() => browser.close())
  return async (path, options, prepare) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    const page = await context.newPage()
    await prepare?.(page)
    await page.goto(inject('served') + path)
    return page
  }
}
