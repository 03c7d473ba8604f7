/** The article as a reader goes through it: the first screen, a figure, words that set a figure, and the way on. */
import { expect, it } from 'vitest'

import { browsing } from '../support/browsing.ts'
import { objections } from '../support/objections.ts'

const open = browsing()

it('the article answers a hand, a figure trains live and equals what was built, words set a figure', async () => {
  const complaints: string[] = []
  const page = await open('/', { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' }, async (opened) => {
    opened.on('pageerror', ({ message }) => complaints.push(message))
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
  })
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('batch size')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)

  const numbers = () => page.locator('.thesis dd:visible').allInnerTexts()
  const before = await numbers()
  await page.locator('.thesis').getByRole('slider').first().press('ArrowRight')
  await expect.poll(numbers).not.toEqual(before)

  const figure = page.locator('figure[data-given][data-settable]').first()
  await figure.locator('.figure-picture').scrollIntoViewIfNeeded()
  await figure.getByRole('slider').focus()
  await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
  await expect.poll(() => figure.locator('.figure-badge').innerText()).toMatch(/equal/)

  const word = page.getByRole('button', { name: 'a tenth of the learning rate' })
  await word.scrollIntoViewIfNeeded()
  await word.click()
  await expect.poll(() => page.locator('.sets-bar').getByRole('status').textContent()).toContain('a tenth')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.sets-bar').count()).toBe(0)
  expect(complaints).toEqual([])
}, 90_000)

it('the article is complete without JavaScript, and axe finds nothing', async () => {
  const page = await open('/', { javaScriptEnabled: false })
  expect(await page.locator('figure img, figure svg').count()).toBeGreaterThan(20)
  expect(await page.locator('.thesis dd:visible').count()).toBeGreaterThan(1)
  const looked = await open('/', { bypassCSP: true, colorScheme: 'dark' })
  expect(await objections(looked)).toEqual([])
}, 60_000)
