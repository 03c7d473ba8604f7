/** Words of the prose that set a figure, as readers press them: by pointer, by key, on a phone, and without JavaScript. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'

import type { GradientNoise } from '#experiment/result/gradient-noise.ts'

import { browsing } from '../support/browsing.ts'
import { objections } from '../support/objections.ts'

const openPath = browsing()

const open = (options: BrowserContextOptions = {}) =>
  openPath('/', { viewport: { width: 390, height: 844 }, ...options })

const wordOf = (page: Page) => page.getByRole('button', { name: 'a tenth of the learning rate' })

it('sets a figure that is veiled and out of sight, brings it into view, and sets it back', async () => {
  const page = await open({ reducedMotion: 'reduce' })
  const word = wordOf(page)
  await word.scrollIntoViewIfNeeded()
  const figure = page.locator('#stochastic-gradient-descent figure#stochastic')
  const takeaway = figure.locator('[data-takeaway]')
  const before = await takeaway.textContent()
  await word.click()
  await expect.poll(() => word.getAttribute('aria-pressed')).toBe('true')
  await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
  const picture = (await figure.locator('.figure-picture').boundingBox())!
  expect(picture.y + picture.height / 2).toBeGreaterThan(0)
  expect(picture.y + picture.height / 2).toBeLessThan(844)
  expect(await figure.locator('.figure-live svg').getAttribute('aria-label')).toContain('0.001')
  await expect.poll(() => takeaway.textContent()).not.toBe(before)
  expect(await page.locator('.sets-bar').getByRole('status').textContent()).toContain('a tenth of the learning rate')
  // What it set is on the screen together with the ways back.
  expect(await page.locator('[data-answer=stochastic]').getAttribute('data-veiled')).toBe(null)
  const bar = (await page.locator('.sets-bar').boundingBox())!
  expect(bar.y).toBeGreaterThan(844 / 2)
  expect(bar.y + bar.height).toBeLessThanOrEqual(844)
  expect([bar.x, bar.width]).toEqual([0, 390])
  // The focus has not moved, and there is a way back.
  expect(await word.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 'Back to the text' }).click()
  expect(await word.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(0)
  await word.click()
  await expect.poll(() => word.getAttribute('aria-pressed')).toBe('false')
  await expect.poll(() => takeaway.textContent()).toBe(before)
  expect(await figure.locator('.figure-live').count()).toBe(0)
  expect(await page.locator('.sets-bar').count()).toBe(0)
}, 90_000)

it.each([
  [390, 844],
  [820, 1180],
  [1440, 900],
])(
  'keeps the ways back on the screen in every part, at %i × %i',
  async (width, height) => {
    const page = await open({ viewport: { width, height }, reducedMotion: 'reduce' })
    for (const part of ['batch-size', 'three-flavors', 'batch-gradient-descent', 'stochastic-gradient-descent']) {
      await page.locator(`#${part} button.sets`).first().click()
      await page.locator('.sets-bar').waitFor()
      const { top, bottom } = await page.locator('.sets-bar').evaluate((bar) => bar.getBoundingClientRect().toJSON())
      expect([part, top > height / 2, bottom <= height]).toEqual([part, true, true])
      // What a word has set is seen, too: most of it, or most of what fits.
      const seen = () =>
        page.evaluate(() => {
          const word = document.querySelector('.sets[aria-pressed=true]')!
          const { top: upper, bottom: lower } = document
            .getElementById(word.getAttribute('data-figure')!)!
            .getBoundingClientRect()
          return (Math.min(lower, innerHeight) - Math.max(upper, 0)) / Math.min(lower - upper, innerHeight)
        })
      await expect.poll(seen).toBeGreaterThan(0.4)
      await page.keyboard.press('Escape')
      expect(await page.locator('.sets-bar').count()).toBe(0)
    }
  },
  90_000,
)

it('does nothing when it is only focused, and is left by Escape', async () => {
  const page = await open()
  const word = wordOf(page)
  await word.scrollIntoViewIfNeeded()
  const y = await page.evaluate(() => scrollY)
  await word.focus()
  expect(await page.evaluate(() => scrollY)).toBe(y)
  expect(await word.getAttribute('aria-pressed')).toBe('false')
  await word.press('Enter')
  await expect.poll(() => word.getAttribute('aria-pressed')).toBe('true')
  await page.keyboard.press('Escape')
  expect(await word.getAttribute('aria-pressed')).toBe('false')
  expect(await word.evaluate((element) => element === document.activeElement)).toBe(true)
}, 60_000)

it('sets the first screen, too', async () => {
  const page = await open()
  const word = page.locator('#three-flavors button.sets')
  await word.scrollIntoViewIfNeeded()
  await word.click()
  await expect.poll(() => page.locator('.thesis').getByRole('radio', { name: '32' }).isChecked()).toBe(true)
  await word.press('Escape')
  await expect.poll(() => page.locator('.thesis').getByRole('radio', { name: '4', exact: true }).isChecked()).toBe(true)
}, 60_000)

it('sets the valley, which says what it does now', async () => {
  const page = await open()
  const words = page.locator('#valley').getByRole('status')
  const before = await words.textContent()
  expect(before).toMatch(/^Below the limit/)
  const word = page.getByRole('button', { name: 'too long for the curvature' })
  await word.click()
  await expect.poll(() => words.textContent()).toMatch(/^Above the limit: diverges along the steep axis/)
  await word.press('Escape')
  await expect.poll(() => words.textContent()).toBe(before)
  // By keys: a much longer update, and the full batch.
  const rate = page.getByRole('slider', { name: 'learning rate η' })
  await rate.press('End')
  await expect.poll(() => words.textContent()).toMatch(/^Above the limit/)
  expect(await rate.getAttribute('aria-valuetext')).toBe('0.5')
  await rate.press('Home')
  await expect.poll(() => words.textContent()).toContain('still on its way')
  const path = page.locator('#valley .line.test').first()
  const drawn = await path.getAttribute('d')
  const average = page.getByRole('checkbox', { name: 'average the weights' })
  await rate.fill('600')
  await average.check()
  await expect.poll(() => words.textContent()).toContain('The average of the weights has a loss of')
  expect(await page.locator('#valley .line.side-b').count()).toBe(1)
  await page.getByRole('button', { name: 'Other noise' }).click()
  await expect.poll(() => path.getAttribute('d')).not.toBe(drawn)
}, 60_000)

it('keeps what a reader has set in the valley before its script was there', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const page = await openPath('/', { viewport: { width: 1280, height: 900 } }, async (opened) =>
    opened.route(/valley-island/, async (route) => {
      await held
      await route.continue()
    }),
  )
  const average = page.getByRole('checkbox', { name: 'average the weights' })
  await average.check()
  await page.getByRole('slider', { name: 'momentum β' }).press('End')
  release()
  await expect
    .poll(() => page.locator('#valley').getByRole('status').textContent())
    .toMatch(/past the minimum.*The average of the weights/)
  expect(await average.isChecked()).toBe(true)
}, 60_000)

it('draws the valley without JavaScript, and its words lead to it', async () => {
  const page = await open({ javaScriptEnabled: false })
  expect(await page.locator('#valley svg .line').count()).toBeGreaterThan(3)
  expect(await page.locator('#valley').getByRole('slider').count()).toBe(0)
  const link = page.getByRole('link', { name: 'too long for the curvature' })
  expect(await link.getAttribute('href')).toBe('#valley')
}, 30_000)

it('is a link to the playground without JavaScript', async () => {
  const page = await open({ javaScriptEnabled: false })
  const link = page.getByRole('link', { name: 'a tenth of the learning rate' })
  expect(await link.getAttribute('href')).toBe('/playground?batchSize=1&learningRate=0.001')
}, 30_000)

it('has nothing that axe objects to in light and in dark, pressed', async () => {
  const page = await open({ reducedMotion: 'reduce' })
  const word = wordOf(page)
  await word.scrollIntoViewIfNeeded()
  await word.click()
  await page.locator('#stochastic .figure-live').waitFor({ timeout: 20_000 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await objections(page, '#stochastic-gradient-descent')).toEqual([])
  }
}, 60_000)

it('goes through a run by its slider, by keys and by playing, from what was built and back', async () => {
  const page = await open()
  const figure = page.locator('figure#boundaries')
  await figure.scrollIntoViewIfNeeded()
  const slider = figure.getByRole('slider')
  const newest = figure.locator('[data-run] >> nth=1').locator('.border').last()
  const built = await newest.getAttribute('d')
  await slider.focus()
  await slider.fill('40')
  await expect.poll(() => newest.getAttribute('d')).not.toBe(built)
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('epoch 40')
  // At the end it is what the build drew of the same run.
  await slider.press('End')
  await expect.poll(() => newest.getAttribute('d')).toBe(built)
  const play = figure.getByRole('button', { name: 'Play' })
  await play.click()
  expect(await play.getAttribute('aria-pressed')).toBe('true')
  await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(3)
  await play.click()
  expect(await play.getAttribute('aria-pressed')).toBe('false')
}, 60_000)

it('draws the clouds of every epoch with their true gradient, and at the built one what was built', async () => {
  const page = await open()
  const figure = page.locator('figure#gradients')
  await figure.scrollIntoViewIfNeeded()
  const cloud = figure.locator('.dots').first()
  const built = await cloud.getAttribute('d')
  const said = await figure.locator('.scrub-at').textContent()
  const slider = figure.getByRole('slider')
  await slider.focus()
  await slider.fill('150')
  await expect
    .poll(() => slider.getAttribute('aria-valuetext'))
    .toMatch(/^epoch 150: true gradient 0\.\d\d times as long, noise scale \d+$/)
  expect(await cloud.getAttribute('d')).not.toBe(built)
  await slider.fill('20')
  const answer = await fetch(`${inject('served')}/api/gradient-noise?batchSize=full`)
  const { noiseScale } = (await answer.json()) as GradientNoise
  await expect
    .poll(() => slider.getAttribute('aria-valuetext'))
    .toBe(`epoch 20: true gradient 1.00 times as long, noise scale ${noiseScale[20]!.toFixed(2)}`)
  expect(await figure.locator('.scrub-at').textContent()).toBe(said)
  expect(await cloud.getAttribute('d')).toBe(built)
}, 60_000)
