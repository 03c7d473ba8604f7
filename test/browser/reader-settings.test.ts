/** The pages under what readers, their browsers and extensions set: larger text, another direction, paper, a spreadsheet. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { browsing } from '../support/browsing.ts'
import { launchChromium } from '../support/chromium.ts'
import { openPanel, taken } from '../support/playground-page.ts'

const served = inject('served')
const open = browsing()

const pinned = '/playground?batchSize=4&epochs=60&seeds=3&pin=batchSize%3D8%26epochs%3D60%26seeds%3D3'

describe('with text of 32 px on a phone', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium('--blink-settings=defaultFontSize=32')
  }, 90_000)
  afterAll(() => browser.close())

  it.each(['/', '/playground?batchSize=4&epochs=60', pinned, '/figures', '/api', '/reports/batch-gradient-descent'])(
    '%s does not scroll sideways, whatever is unfolded, with JavaScript and without',
    async (path) => {
      for (const javaScriptEnabled of [true, false]) {
        const page = await browser.newPage({ viewport: { width: 390, height: 844 }, javaScriptEnabled })
        await page.goto(served + path)
        await page.waitForLoadState('networkidle')
        const look = () =>
          page.evaluate(() => {
            for (const fold of document.querySelectorAll('details')) fold.open = true
            const controls = Array.from(document.querySelectorAll('a, button, input, select, summary'))
            const outside = controls.filter((control) => {
              const { right, width } = control.getBoundingClientRect()
              return (
                width > 1 &&
                right > innerWidth + 1 &&
                !control.closest('.scroll, pre, .starting ul') &&
                control.checkVisibility()
              )
            })
            return { width: document.documentElement.scrollWidth, outside: outside.map(({ outerHTML }) => outerHTML) }
          })
        await look()
        await page.waitForLoadState('networkidle')
        expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
        expect([javaScriptEnabled, await look()]).toEqual([javaScriptEnabled, { width: 390, outside: [] }])
        await page.close()
      }
    },
    60_000,
  )
})

describe('with a page that an extension turns to right-to-left', () => {
  /** Where the texts and controls of charts stand, from the left edge of what they are in. */
  const places = (page: Page) =>
    page.evaluate(() =>
      Array.from(document.querySelectorAll('.instrument-stage, .thesis, figure'), (place) => {
        const { left } = place.getBoundingClientRect()
        return Array.from(place.querySelectorAll('svg text, td, dd, input, output, .ends span'))
          .filter((one) => one.checkVisibility())
          .map((one) => Math.round(one.getBoundingClientRect().left - left))
      }),
    )

  it.each(['/', pinned, '/figures'])('%s keeps charts, numbers and sliders in their places', async (path) => {
    const page = await open(path, { javaScriptEnabled: false })
    const before = await places(page)
    expect(before.flat().length).toBeGreaterThan(10)
    await page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'))
    expect(await places(page)).toEqual(before)
  })
})

describe('on paper', () => {
  it('the playground has its link to the end, and a boundary that leaves room', async () => {
    const page = await open(pinned)
    await page.locator('.instrument-boundary svg').first().waitFor()
    await openPanel(page, 'Share')
    await expect.poll(() => page.locator('.share-link input').inputValue()).toContain('expect=')
    const link = await page.locator('.share-link input').inputValue()
    // A4 with margins of a centimeter.
    await page.setViewportSize({ width: 718, height: 1047 })
    await page.emulateMedia({ media: 'print' })
    const printed = page.locator('.share-link-printed')
    expect(await printed.innerText()).toBe(link)
    const { right, hidden } = await printed.evaluate((one) => ({
      right: one.getBoundingClientRect().right,
      hidden: one.scrollWidth - one.clientWidth,
    }))
    expect(right).toBeLessThanOrEqual(718)
    expect(hidden).toBe(0)
    expect((await page.locator('.instrument-boundary').boundingBox())!.height).toBeLessThan(1047 / 2)
    expect(await page.locator('.sharing details:visible, .instrument-more > details:visible').count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    expect(await printed.isVisible()).toBe(false)
  })
})

describe('with an extension that darkens pages', () => {
  it.each(['/', '/playground', '/embed', '/api', '/about', '/diagnose', '/reports', '/figures', '/nothing'])(
    '%s says that it has a dark theme of its own',
    async (path) => {
      expect(await (await fetch(served + path)).text()).toMatch(/<meta name="darkreader-lock"\/?>/)
    },
  )
})

describe('what is copied into a spreadsheet', () => {
  /** What a copy of the selection would put on the clipboard. */
  const copied = (page: Page, select: string) =>
    page.evaluate(async (selector) => {
      getSelection()!.selectAllChildren(document.querySelector(selector)!)
      const copy = new Promise<{ text: string; html: string; isOwn: boolean }>((resolve) =>
        addEventListener(
          'copy',
          (event) =>
            resolve({
              text: event.clipboardData!.getData('text/plain'),
              html: event.clipboardData!.getData('text/html'),
              isOwn: event.defaultPrevented,
            }),
          { once: true },
        ),
      )
      document.execCommand('copy')
      return copy
    }, select)

  it('from the playground is every run, a cell a number', async () => {
    const page = await open('/playground?batchSize=4&seeds=3')
    await taken(page)
    await openPanel(page, 'Numbers')
    await expect.poll(() => page.locator('.instrument-runs tbody tr').count()).toBe(3)
    const { text, isOwn } = await copied(page, '.instrument-runs table')
    expect(isOwn).toBe(true)
    const rows = text.trim().split('\n')
    expect(rows[0]).toMatch(/^seed\ttest accuracy\tinstability\t/)
    for (const row of rows.slice(1, 4)) {
      const cells = row.split('\t')
      expect(cells).toHaveLength(8)
      for (const cell of cells) expect(cell).toMatch(/^-?\d+(\.\d+)?(e-?\d+)?$/)
    }
    expect(rows[4]).toMatch(/^mean ± sd\t0\.\d{3} ± 0\.\d{3}\t/)
  })

  it('from a report is plain, also with the text around the tables', async () => {
    const page = await open('/reports/batch-gradient-descent')
    const { text, html } = await copied(page, 'main')
    expect(await page.locator('main').innerText()).toMatch(/[\u2212\u202f]\d/u)
    expect(text).not.toMatch(/\u2212\d|\d\u202f\d/u)
    expect(html).toContain('<td')
    expect(html.match(/<td[^>]*>[^<]*[\u2212\u202f]\d/gu)).toBeNull()
  })

  it('is as the browser does it where there is no table', async () => {
    const page = await open('/about')
    expect(await copied(page, 'h1')).toEqual({ text: '', html: '', isOwn: false })
  })
})

describe('where the browser does not let a page copy', () => {
  it('the text is selected', async () => {
    const page = await open('/playground?batchSize=4&epochs=60', {}, (opened) =>
      opened.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`),
    )
    await taken(page)
    const selected = () => page.evaluate(() => String(getSelection()))
    await openPanel(page, 'Share')
    await page.getByText('Cite it').click()
    await page.getByRole('button', { name: 'Copy: BibTeX entry' }).click()
    await expect.poll(selected).toMatch(/^@misc\{minibatch-[\s\S]*\}\s*$/)
    await page.getByRole('button', { name: 'Copy link', exact: true }).click()
    await expect
      .poll(() =>
        page
          .locator('.share-link input')
          .evaluate((input: HTMLInputElement) => input.value.slice(input.selectionStart!, input.selectionEnd!)),
      )
      .toMatch(/^http.*\/playground\?/)
    await page.getByRole('button', { name: 'Copy its link' }).click()
    await expect.poll(() => page.getByLabel('Link to the frozen page').inputValue()).toContain('/playground?')
  })
})
