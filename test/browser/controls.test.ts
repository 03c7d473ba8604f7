/** Settings that are more than a text: the dataset by its picture, layers one by one, a die, the seeds beside the chart. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { datasetNames } from '#methods/datasets.ts'

import { addressOf, closePanel, open, openPanel, sharedBrowser, taken, unfold } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

async function arrive(query: string, options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await newPage(options)
  await open(page, query)
  if (options.javaScriptEnabled !== false) await taken(page)
  return page
}

const steps = (page: Page) => page.evaluate(() => history.length)

describe('the dataset’s pictures', () => {
  it('are gone through by keys, each a step of the history; what follows the dataset follows', async () => {
    const page = await arrive('?epochs=40')
    await unfold(page, 'Data')
    const before = await steps(page)
    await page.getByRole('radio', { name: 'blobs' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => addressOf(page)).toBe('/playground?dataset=moons&epochs=40')
    await expect.poll(() => page.locator('#set-noise').inputValue()).toBe('0.2')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => addressOf(page)).toBe('/playground?dataset=circles&epochs=40')
    expect((await steps(page)) - before).toBe(2)
    expect(await page.getByRole('radio', { name: 'circles' }).isChecked()).toBe(true)
    await page.goBack()
    await expect.poll(() => page.getByRole('radio', { name: 'moons' }).isChecked()).toBe(true)
    await page.getByRole('link', { name: 'dataset back to blobs' }).click()
    await expect.poll(() => addressOf(page)).toBe('/playground?epochs=40')
    await page.context().close()
  }, 60_000)

  it('are large enough for a thumb', async () => {
    const page = await arrive('?epochs=40', { viewport: { width: 320, height: 720 }, hasTouch: true })
    await unfold(page, 'Data')
    await unfold(page, 'Network')
    await unfold(page, 'Order and seed')
    const targets = await page
      .locator('.picture-choice label, .die a, .seeds-choice a, .layers button, .layers input')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => [width, height]))
    expect(targets).toHaveLength(datasetNames.length + 2 + 4 + 2 + 1)
    expect(Math.min(...targets.flat())).toBeGreaterThanOrEqual(44)
    await page.locator('.picture-choice label', { hasText: 'moons' }).tap()
    await expect.poll(() => addressOf(page)).toBe('/playground?dataset=moons&epochs=40')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await page.context().close()
  }, 60_000)

  it('are sent by the form without JavaScript', async () => {
    const page = await arrive('?epochs=40', { javaScriptEnabled: false })
    await unfold(page, 'Data')
    await page.locator('.picture-choice label', { hasText: 'moons' }).click()
    await page.getByRole('button', { name: 'Train' }).click()
    await page.waitForURL(/dataset=moons/)
    expect(new URL(page.url()).search).toBe('?dataset=moons&epochs=40')
    await unfold(page, 'Network')
    expect(await page.locator('.layers').isVisible()).toBe(false)
    await page.locator('#set-hiddenUnits').fill('20-10')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.waitForURL(/hiddenUnits=20-10/)
    await unfold(page, 'Order and seed')
    await page.getByRole('link', { name: 'another seed: 2' }).click()
    await page.waitForURL(/seed=2/)
    await page.context().close()
  }, 60_000)
})

describe('the hidden layers', () => {
  it('are added, sized by keys and removed; the text says the same, and a movement is one step', async () => {
    const page = await arrive('?epochs=40')
    await unfold(page, 'Network')
    const text = () => page.locator('#set-hiddenUnits').inputValue()
    const before = await steps(page)
    const add = page.getByRole('button', { name: 'add a layer' })
    await add.click()
    await expect.poll(() => addressOf(page)).toContain('hiddenUnits=50-50')
    const second = page.getByRole('slider', { name: 'units of layer 2' })
    await second.press('ArrowLeft')
    await second.press('Shift+ArrowLeft')
    await expect.poll(text).toBe('50-39')
    await second.press('Home')
    await expect.poll(text).toBe('50-1')
    await second.blur()
    await expect.poll(() => addressOf(page)).toContain('hiddenUnits=50-1')
    await page.goBack()
    await expect.poll(text).toBe('50-39')
    await page.goForward()
    await add.click()
    await expect.poll(text).toBe('50-1-1')
    await add.click({ force: true })
    expect(await text()).toBe('50-1-1')
    expect(await page.locator('.layers-end span').innerText()).toBe('3 layers, the most there can be')
    await page.getByRole('button', { name: 'remove layer 3' }).click()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('add a layer')
    await page.getByRole('button', { name: 'remove layer 2' }).click()
    await page.getByRole('button', { name: 'remove layer 1' }).click()
    await expect.poll(text).toBe('none')
    await page.locator('#set-hiddenUnits').fill('7-8')
    await expect.poll(() => page.getByRole('slider', { name: /units of layer/ }).count()).toBe(2)
    expect((await steps(page)) - before).toBeGreaterThan(0)
    await page.context().close()
  }, 60_000)
})

describe('a die', () => {
  it('takes the next seed in one step', async () => {
    const page = await arrive('?epochs=40&seeds=3')
    await unfold(page, 'Order and seed')
    const before = await steps(page)
    await page.getByRole('link', { name: 'another seed: 4' }).click()
    await expect.poll(() => page.locator('#set-seed').inputValue()).toBe('4')
    expect((await steps(page)) - before).toBe(1)
    expect(await addressOf(page)).toBe('/playground?epochs=40&seed=4&seeds=3')
    await page.goBack()
    await expect.poll(() => page.locator('#set-seed').inputValue()).toBe('1')
    await page.context().close()
  }, 60_000)
})

describe('the seeds beside the chart', () => {
  it('train so many runs in one step; what cannot be is disabled, with the reason', async () => {
    const page = await arrive('?epochs=60')
    const before = await steps(page)
    const choice = page.getByRole('group', { name: 'seeds' })
    await choice.getByRole('link', { name: '10', exact: true }).click()
    await expect.poll(() => page.locator('#set-seeds').inputValue()).toBe('10')
    expect((await steps(page)) - before).toBe(1)
    await openPanel(page, 'Numbers')
    await expect.poll(() => page.locator('.instrument-source').innerText()).toContain('of 10 runs')
    await closePanel(page)
    await page.locator('#set-epochs').fill('2000')
    await expect.poll(() => choice.getByRole('button', { name: '100' }).isDisabled()).toBe(true)
    expect(await choice.innerText()).toContain('100 cannot be: at most 50 with epochs=2000')
    await page.context().close()
  }, 60_000)
})
