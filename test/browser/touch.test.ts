/** Fingers on sliders and charts: what scrolls the page changes nothing, what goes sideways is followed to its end. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'

import { swipe } from '../support/fingers.ts'
import { addressOf, open, patience, sharedBrowser, taken } from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const scrolled = (page: Page) => page.evaluate(() => Math.round(scrollY))

/** Where a share of an element is across and down, on the screen. */
async function at(element: Locator, across: number, down = 0.5) {
  const { x, y, width, height } = (await element.boundingBox())!
  return { x: x + across * width, y: y + down * height }
}

/** Brings an element to the middle of the screen. */
const center = (element: Locator) =>
  element.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }))

/** Swipes up from an element: the page scrolls. */
async function scrollFrom(page: Page, element: Locator, across: number): Promise<void> {
  const from = await at(element, across)
  const before = await scrolled(page)
  await swipe(page, from, { x: from.x + 6, y: from.y - 200 })
  await expect.poll(() => scrolled(page), patience).toBeGreaterThan(before + 100)
}

describe('a swipe that scrolls', () => {
  it('changes no slider of the playground, and not its cursor', async () => {
    const { page } = await newPage(phone)
    await open(page, '?batchSize=4&epochs=60')
    await taken(page)
    const epochs = page.getByRole('slider', { name: 'epochs, slider' })
    await center(epochs)
    const value = await epochs.inputValue()
    await scrollFrom(page, epochs, 0.7)
    expect(await epochs.inputValue()).toBe(value)
    const way = page.getByRole('slider', { name: 'epoch', exact: true })
    await center(way)
    await scrollFrom(page, way, 0.3)
    expect(await way.inputValue()).toBe('60')
    const curves = page.locator('.instrument-curves .drawings')
    await page.evaluate(() => scrollTo(0, 0))
    await scrollFrom(page, curves, 0.5)
    expect(await way.inputValue()).toBe('60')
    const boundary = page.locator('.instrument-boundary')
    await center(boundary.locator('.figure-picture'))
    await scrollFrom(page, boundary.locator('.figure-picture'), 0.5)
    expect(await boundary.getByRole('slider').getAttribute('aria-valuetext')).toBe('nowhere')
    expect(await addressOf(page)).toBe('/playground?batchSize=4&epochs=60')
    await page.context().close()
  }, 60_000)

  it('changes no slider and no figure of the article', async () => {
    const { page } = await newPage(phone)
    await page.goto(`${served}/`)
    const size = page.getByRole('slider', { name: 'any batch size' })
    await center(size)
    const value = await size.inputValue()
    await scrollFrom(page, size, 0.8)
    expect(await size.inputValue()).toBe(value)
    expect(new URL(page.url()).search).toBe('')
    await page.goto(`${served}/figures`)
    const figure = page.locator('#one-run')
    const picture = figure.locator('.figure-picture')
    await center(picture)
    await scrollFrom(page, picture, 0.4)
    await center(figure.getByRole('slider'))
    await scrollFrom(page, figure.getByRole('slider'), 0.4)
    expect(await figure.getByRole('slider').inputValue()).toBe('0')
    expect(await figure.getByRole('slider').getAttribute('aria-valuetext')).toBe('nowhere')
    await page.context().close()
  }, 60_000)
})

describe('a swipe sideways', () => {
  it('moves the cursor of the playground’s curves to where it ends, also beside them', async () => {
    const { page } = await newPage(phone)
    await open(page, '?epochs=60')
    await taken(page)
    const way = page.getByRole('slider', { name: 'epoch', exact: true })
    const curves = page.locator('.instrument-curves .drawings')
    await swipe(page, await at(curves, 0.3, 0.3), await at(curves, 0.6, 0.42))
    await expect.poll(() => way.inputValue()).toMatch(/^(2|3|4)\d$/)
    await swipe(page, await at(curves, 0.6, 0.3), await at(curves, 0.01, 0.34))
    await expect.poll(() => way.inputValue()).toBe('1')
    await page.context().close()
  }, 60_000)

  it('goes through the points of the playground’s boundary, and a tap reads one', async () => {
    const { page } = await newPage(phone)
    await open(page, '?epochs=60')
    await taken(page)
    const boundary = page.locator('.instrument-boundary')
    const picture = boundary.locator('.figure-picture')
    const said = () => boundary.locator('figcaption').innerText()
    await center(picture)
    const { x, y } = await at(picture, 0.5, 0.6)
    await page.touchscreen.tap(x, y)
    await expect.poll(said).toMatch(/^(train|test) example \d+, class \d/)
    const tapped = await said()
    await swipe(page, { x, y }, { x: x - 60, y: y - 8 })
    await expect.poll(said).not.toBe(tapped)
    expect(await said()).toMatch(/^(train|test) example \d+, class \d/)
    await page.context().close()
  }, 60_000)

  it('moves a slider, in one step of the history, and a tap does', async () => {
    const { page } = await newPage(phone)
    await open(page, '?epochs=60')
    await taken(page)
    const epochs = page.getByRole('slider', { name: 'epochs, slider' })
    await center(epochs)
    const steps = await page.evaluate(() => history.length)
    await swipe(page, await at(epochs, 0.3), await at(epochs, 0.8))
    await expect.poll(() => addressOf(page)).toMatch(/epochs=[2-9]\d\d/)
    expect(await page.evaluate(() => history.length)).toBe(steps + 1)
    const before = await addressOf(page)
    const { x, y } = await at(epochs, 0.5)
    await page.touchscreen.tap(x, y)
    await expect.poll(() => addressOf(page)).not.toBe(before)
    await page.context().close()
  }, 60_000)
})
