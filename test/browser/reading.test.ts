/** What readers of the playground are told: by the tab, by the pointer, by keys, and by a screen reader. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'

import {
  addressOf,
  badge,
  entry,
  open,
  openPanel,
  patience,
  set,
  sharedBrowser,
  taken,
} from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

async function arrive(query: string): Promise<Page> {
  const { page } = await newPage()
  await open(page, query)
  await taken(page)
  return page
}

/** The title that the Worker gives a page. */
async function servedTitle(page: Page): Promise<string> {
  const html = await (await fetch(page.url())).text()
  return /<title>([^<]*)/.exec(html)![1]!
}

const slider = (page: Page) => page.getByRole('slider', { name: 'epoch', exact: true })
const cursors = (page: Page) => page.locator('.instrument-curves .cursor').count()

describe('the title of the tab', () => {
  it('follows the settings, and the way back and forward, in the Worker’s words', async () => {
    const page = await arrive('?batchSize=4&epochs=40')
    expect(await page.title()).toBe('Batch size 4, 40 epochs – Minibatch')
    await set(page, 'batchSize', '8')
    await expect.poll(() => page.title()).toBe('Batch size 8, 40 epochs – Minibatch')
    expect(await page.title()).toBe(await servedTitle(page))
    await page.goBack()
    await expect.poll(() => page.title()).toBe('Batch size 4, 40 epochs – Minibatch')
    await page.goForward()
    await expect.poll(() => page.title()).toBe('Batch size 8, 40 epochs – Minibatch')
    await page.getByRole('link', { name: 'batch size back to 32' }).click()
    await expect.poll(() => page.title()).toBe('40 epochs – Minibatch')
    expect(await page.title()).toBe(await servedTitle(page))
    await page.context().close()
  }, 60_000)
})

describe('the curves', () => {
  it('are read out below a mouse that only passes, and the cursor stays where it is', async () => {
    const page = await arrive('?epochs=40&epoch=3')
    const box = (await page.locator('.instrument-curves').boundingBox())!
    const values = () => page.locator('.instrument-curves .chart-over text').allTextContents()
    await expect.poll(() => cursors(page)).toBe(1)
    const before = await values()
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4)
    await expect.poll(values).not.toEqual(before)
    expect(await slider(page).inputValue()).toBe('3')
    await page.mouse.move(box.x + box.width * 0.3, box.y - 60)
    await expect.poll(values).toEqual(before)
    // At the end of the run there is no cursor but the mouse's.
    await slider(page).press('End')
    await expect.poll(() => cursors(page)).toBe(0)
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4)
    await expect.poll(() => cursors(page)).toBe(1)
    await page.context().close()
  }, 60_000)

  it('are read out by the slider’s keys, as in every other figure', async () => {
    const page = await arrive('?epochs=40')
    await slider(page).press('Home')
    await expect
      .poll(() => slider(page).getAttribute('aria-valuetext'))
      .toMatch(/^epoch 1: train 0\.\d{3}, test 0\.\d{3}$/)
    await slider(page).press('ArrowRight')
    await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toMatch(/^epoch 2: /)
    await page.context().close()
  }, 60_000)
})

describe('the boundary and the noise of the gradient', () => {
  const boundary = (page: Page) => page.locator('.instrument-boundary')
  const noise = (page: Page) => page.locator('.noise-meter')
  const pictureOf = (part: Locator) => part.locator('.figure-picture')
  const cursorOf = (part: Locator) => part.locator('.chart-over :is(.ring, .cursor)').count()

  it.each([
    [
      'boundary',
      boundary,
      'figcaption',
      /^The class that is predicted, fainter where it is less probable, after the last epoch\.$/,
      /^(train|test) example \d+, class \d, at \S+, \S+, in the region of class \d \(probability \d\.\d\d\)$/,
    ],
    ['noise', noise, '.readout-line', /^Point at the picture/, /^epoch \d+: noise scale \d/],
  ] as const)(
    'the %s is read out below a mouse, and by keys, as in the figures',
    async (_, part, line, idle, words) => {
      const page = await arrive('?epochs=40')
      if (part === noise) await openPanel(page, 'Gradient noise')
      const picture = pictureOf(part(page))
      const said = () => part(page).locator(line).innerText()
      const keys = part(page).getByRole('slider')
      await expect.poll(() => keys.isEnabled(), patience).toBe(true)
      await picture.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }))
      expect(await said()).toMatch(idle)
      const box = (await picture.boundingBox())!
      const { height } = (await part(page).boundingBox())!
      for (const share of [0.4, 0.5]) await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.55)
      await expect.poll(said).toMatch(words)
      expect(await cursorOf(part(page))).toBe(1)
      // What is read takes no more room than what stood there.
      expect((await part(page).boundingBox())!.height).toBe(height)
      await page.mouse.move(box.x + box.width * 0.5, box.y - 8)
      await expect.poll(said).toMatch(idle)
      expect(await cursorOf(part(page))).toBe(0)
      await keys.press('End')
      const last = await keys.getAttribute('aria-valuetext')
      expect(last).toMatch(words)
      await keys.press('ArrowLeft')
      await expect.poll(() => keys.getAttribute('aria-valuetext')).not.toBe(last)
      expect(await keys.getAttribute('aria-valuetext')).toMatch(words)
      await keys.press('Escape')
      await expect.poll(() => keys.getAttribute('aria-valuetext')).toBe('nowhere')
      expect(await addressOf(page)).toBe('/playground?epochs=40')
      await page.context().close()
    },
    60_000,
  )

  it('are read out as they are after the epoch that is looked at: the points stay, their regions change', async () => {
    const page = await arrive('?epochs=40')
    const caption = boundary(page).locator('figcaption')
    const normalized = () =>
      boundary(page)
        .getByRole('slider')
        .evaluate(async (input: HTMLInputElement) => {
          const all: string[] = []
          for (let stop = 0; stop <= Number(input.max); stop += 50) {
            input.value = String(stop)
            input.dispatchEvent(new Event('input', { bubbles: true }))
            await new Promise(requestAnimationFrame)
            all.push(input.getAttribute('aria-valuetext')!)
          }
          input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
          return all
        })
    const last = await normalized()
    await slider(page).press('Home')
    await expect
      .poll(() => caption.innerText())
      .toBe('The class that is predicted, fainter where it is less probable, after epoch 1.')
    const first = await normalized()
    const pointsOf = (all: string[]) => all.map((text) => text.replace(/, in the region.*/, ''))
    expect(new Set(pointsOf(first)).size).toBe(20)
    expect(pointsOf(first)).toEqual(pointsOf(last))
    expect(first).not.toEqual(last)
    await page.context().close()
  }, 60_000)
})

describe('a screen reader', () => {
  /** Notes what every live region of the page is given from now on. */
  const listen = (page: Page) =>
    page.evaluate(() => {
      const heard: string[] = []
      Object.assign(globalThis, { heard })
      const isLive =
        '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive], output:not([aria-live=off])'
      new MutationObserver((records) => {
        const regions = records.map(({ target }) => (target instanceof Element ? target : target.parentElement))
        for (const region of new Set(regions.map((one) => one?.closest(isLive))))
          if (region?.textContent) heard.push(region.textContent)
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })
  const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)

  it('hears one line with the result for each change', async () => {
    const page = await arrive('?epochs=40')
    await expect.poll(() => badge(page), patience).toMatch(/^equal on the edge/)
    await listen(page)
    await page.getByRole('slider', { name: 'batch size, slider' }).press('ArrowLeft')
    await expect.poll(() => badge(page), patience).toMatch(/^training|^trained/)
    await expect.poll(() => badge(page), patience).toMatch(/^equal on the edge/)
    await expect
      .poll(() => heard(page))
      .toEqual([expect.stringMatching(/^Batch size \d+, 40 epochs: test accuracy 0\.\d{3}, instability 0\.\d{4}\.$/)])
    await page.context().close()
  }, 60_000)

  it('hears what is wrong with what is typed, once, when the reader pauses', async () => {
    const page = await arrive('?epochs=40')
    await listen(page)
    await entry(page, 'batchSize').selectText()
    await page.keyboard.type('many', { delay: 20 })
    await expect
      .poll(() => heard(page))
      .toEqual([expect.stringMatching(/^batch size: “many” cannot be used\. Allowed: /)])
    await page.context().close()
  }, 60_000)

  it('hears nothing of the epochs that pass while a run plays', async () => {
    const page = await arrive('?epochs=40')
    await slider(page).press('Home')
    await listen(page)
    await page.getByRole('button', { name: 'play', exact: true }).first().click()
    await expect.poll(() => slider(page).inputValue(), patience).toBe('40')
    expect((await heard(page)).filter((text) => /^epoch (?!1 |40 )/.test(text))).toEqual([])
    await page.context().close()
  }, 60_000)

  it('finds the parts of the page by their headings, none of which is left out', async () => {
    const page = await arrive('?epochs=40')
    const headings = await page
      .locator('main :is(h1, h2, h3, h4)')
      .evaluateAll((all) => all.map((one) => `${one.localName} ${one.textContent}`))
    expect(headings).toEqual([
      'h1 40 epochs',
      'h2 Settings',
      'h2 Learning curves',
      'h2 Decision boundary',
      'h2 Key numbers',
    ])
    const html = await (await fetch(`${inject('served')}/playground?epochs=40`)).text()
    // Without scripts sharing is in view as well.
    expect(html.match(/<h[12]\b/g)).toHaveLength(6)
    await page.context().close()
  }, 60_000)
})
