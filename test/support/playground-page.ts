/** The playground in a browser, as a reader finds it: what its tests have in common. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'

export interface Arrived {
  page: Page
  /** What the browser complains about, and what throws in the page. */
  complaints: string[]
  thrown: string[]
}

/** The browser that all files share, for the tests of one of them: its contexts go with them. */
export function sharedBrowser(): {
  browser: () => Browser
  newPage: (options?: BrowserContextOptions) => Promise<Arrived>
} {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.connect(inject('chromium'))
  })
  afterAll(async () => {
    await browser.close()
  })
  const newPage = async (options: BrowserContextOptions = {}): Promise<Arrived> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    const thrown: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', ({ message }) => {
      complaints.push(message)
      thrown.push(message)
    })
    return { page, complaints, thrown }
  }
  return { browser: () => browser, newPage }
}

/** Opens an experiment. */
export async function open(page: Page, query: string): Promise<void> {
  await page.goto(`${inject('served')}/playground${query}`)
}

/** Waits until the page has hands. */
export async function taken(page: Page): Promise<void> {
  await page.locator('.badge').waitFor({ timeout: 20_000 })
}

/** How long an element may take to be there; `expect.poll` has as long (`test/vitest.unit.ts`). */
export const patience = { timeout: 30_000 }

export const entry = (page: Page, field: string) => page.locator(`#set-${field}`)
/** The explanation of the badge, which is folded. */
export const badge = async (page: Page) => (await page.locator('.instrument-badge').textContent()) ?? ''
export const addressOf = (page: Page) => page.evaluate(() => location.pathname + location.search)
export const unfold = (page: Page, group: string) =>
  page.locator('summary', { hasText: new RegExp(`^${group}`) }).click()

/** Opens a panel of the drawer, where it is not open. */
export async function openPanel(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name, exact: true })
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
}

/** Closes the drawer, which on a desktop takes the place of what is chosen beside the charts. */
export async function closePanel(page: Page): Promise<void> {
  const tab = page.locator('.drawer-tabs [aria-selected="true"]')
  if ((await tab.count()) > 0) await tab.click()
}

/** Types a value, and leaves its field. */
export async function set(page: Page, field: string, text: string): Promise<void> {
  await entry(page, field).fill(text)
  await entry(page, field).blur()
}
