/** The product as it is served, in a browser. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'

/** What is done to a page before it goes anywhere. */
export type Prepare = (page: Page) => Promise<unknown>

/** Opens a path of the product in a page of its own, which is closed after the test. */
export type Open = (path: string, options?: BrowserContextOptions, prepare?: Prepare) => Promise<Page>

/** The browser that all files share, for the tests of one of them. */
export function browsing(): Open {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.connect(inject('chromium'))
  })
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
