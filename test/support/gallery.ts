/** The figures of the gallery, where every chart is, and how far their islands are. */
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

import type { Open, Prepare } from './browsing.ts'

/** Opens the gallery; `still`, in a browser that cannot train, so that the Worker alone answers. */
export function galleryBy(open: Open) {
  const gallery = (options: BrowserContextOptions = {}, prepare?: Prepare): Promise<Page> =>
    open('/figures', options, prepare)
  const still = (options: BrowserContextOptions = {}, prepare?: Prepare): Promise<Page> =>
    gallery(options, async (page) => {
      await page.addInitScript('WebAssembly.validate = () => false')
      await prepare?.(page)
    })
  return { gallery, still }
}

/** A figure with its island started. */
export async function near(page: Page, id: string): Promise<Locator> {
  const figure = page.locator(`#${id}`)
  await figure.locator('.figure-picture').scrollIntoViewIfNeeded()
  await figure.locator('.figure-menu button:enabled').first().waitFor({ state: 'attached' })
  return figure
}

/** A figure whose picture is live, with all its runs. */
export async function live(page: Page, id: string): Promise<Locator> {
  const figure = await near(page, id)
  await figure.getByRole('slider').focus()
  await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
  const badge = figure.locator('.figure-badge')
  await expect.poll(() => badge.innerText()).not.toMatch(/^(training|built with)/)
  return figure
}
