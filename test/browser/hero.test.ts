/** The first screen as readers meet it: it trains while the hand moves, and says what it found when the hand rests. */
import type { Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'

import type { ExperimentResult } from '#experiment/result/result.ts'

import { browsing, type Prepare } from '../support/browsing.ts'
import { objections } from '../support/objections.ts'

const served = inject('served')
const openPath = browsing()

const phone = { width: 390, height: 844 }

const open = (query = '', prepare?: Prepare) => openPath(`/${query}`, { viewport: phone }, prepare)

const curve = (page: Page) => page.locator('.thesis .curve.test:visible').getAttribute('d')
const numbers = (page: Page) => page.locator('.thesis dd:visible').allInnerTexts()

/** Kilobytes of a page and all that it has fetched, as they came: compressed. */
const kilobytes = (page: Page) =>
  page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    return (
      (entries as PerformanceResourceTiming[]).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000
    )
  })

async function resultOf(query: string): Promise<ExperimentResult> {
  return (await (await fetch(`${served}/api/experiments?${query}`)).json()) as ExperimentResult
}

describe('the first screen', () => {
  it('fetches nothing that trains before it is touched', async () => {
    const asked: string[] = []
    const page = await open('', async (opened) => opened.on('request', (request) => asked.push(request.url())))
    // What the first view needs has come; more would have been asked for by now.
    await page.waitForLoadState('networkidle')
    expect(asked.filter((url) => /island|worker|wasm|\/api\//.test(url))).toEqual([])
    await page.locator('.thesis').getByRole('slider').first().focus()
    await expect.poll(() => asked.filter((url) => /worker/.test(url)).length).toBeGreaterThan(0)
  }, 30_000)

  it('weighs at most 75 kB, and the page that was read to its end 200 kB', async () => {
    const page = await open()
    await page.waitForLoadState('networkidle')
    const first = await kilobytes(page)
    expect(first).toBeGreaterThan(50)
    expect(first).toBeLessThanOrEqual(75)
    await page.evaluate(async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
        scrollTo(0, y)
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      }
    })
    // All pictures that are shown at this width have come.
    await page.waitForFunction(() =>
      Array.from(document.images).every((image) => image.complete || !image.checkVisibility()),
    )
    await page.waitForLoadState('networkidle')
    const whole = await kilobytes(page)
    expect(whole).toBeGreaterThan(first + 50)
    expect(whole).toBeLessThanOrEqual(200)
  }, 60_000)

  it('draws another curve and other numbers while the hand still moves', async () => {
    const page = await open()
    const slider = page.getByRole('slider', { name: 'any batch size' })
    const box = (await slider.boundingBox())!
    const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const
    await page.mouse.move(...at(0.23))
    await page.mouse.down()
    const seen = new Set([await curve(page)])
    for (const share of [0.3, 0.45, 0.6]) {
      await page.mouse.move(...at(share))
      await expect.poll(async () => seen.has(await curve(page))).toBe(false)
      seen.add(await curve(page))
    }
    expect(await page.locator('.thesis .more:visible').innerText()).toContain('one run, with seed 1')
    expect(new URL(page.url()).search).toBe('')
    await page.mouse.up()
    await expect.poll(() => page.locator('.thesis .more:visible').innerText()).toMatch(/ 100 seeds/)
    expect(new URL(page.url()).search).toMatch(/^\?batchSize=\d+$/)
  }, 60_000)

  it('ends with the numbers of the Worker for the same experiment, tells them, and leads to it', async () => {
    const query = 'batchSize=37&learningRate=0.02'
    const page = await open(`?${query}`)
    const told = page.locator('.thesis [role=status]')
    await expect.poll(() => told.textContent()).toContain('stand for 100 seeds')
    const { summary } = await resultOf(`${query}&seeds=100`)
    const [updates, epochs, instability] = await numbers(page)
    expect(updates).toBe('14')
    expect(epochs).toBe(String(summary.epochsTo80.quartiles[1]))
    expect(instability).toBe(summary.instability.mean!.toFixed(4))
    expect(await told.textContent()).toContain(`Instability: ${instability}`)
    const link = page.locator('.thesis').getByRole('link', { name: 'Open in the playground' })
    expect(await link.getAttribute('href')).toBe(`/playground?${query}`)
    // The curve is that of the Worker's run.
    const { runs } = await resultOf(`${query}&histories=1`)
    const heights = runs[0]!.history!.testAccuracy.map((value) => Math.round((1 - value!) * 1000))
    expect((await curve(page))!.startsWith(`M1 ${heights[0]}l1`)).toBe(true)
  }, 60_000)

  it('obeys keys: a value at a time, or from mark to mark', async () => {
    const page = await open()
    const slider = page.getByRole('slider', { name: 'learning rate', exact: true })
    // The island comes when the slider is focused, and with it its keys: it says what the slider is at.
    await slider.evaluate((element) => element.removeAttribute('aria-valuetext'))
    await slider.focus()
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('0.01')
    await slider.press('PageUp')
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.02')
    await slider.press('ArrowUp')
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.021')
    await expect.poll(() => new URL(page.url()).search).toBe('?batchSize=4&learningRate=0.021')
    // A choice of the dial keeps the learning rate.
    await page.locator('.thesis').getByRole('radio', { name: '64' }).check()
    await expect.poll(() => new URL(page.url()).search).toBe('?batchSize=64&learningRate=0.021')
    expect(await page.locator('.thesis [data-state]:visible').getAttribute('data-state')).toBe('live')
  }, 60_000)

  it('stays as it was built in a browser that cannot train, and says so', async () => {
    const page = await open('?batchSize=37', (opened) => opened.addInitScript('WebAssembly.validate = () => false'))
    await page.locator('.thesis').getByText('This browser cannot train').waitFor()
    expect(await page.locator('.thesis').getByRole('slider').count()).toBe(0)
    await page.locator('.thesis').getByRole('radio', { name: '256' }).check()
    expect(await page.locator('.thesis [data-state]:visible').getAttribute('data-state')).toBe('256')
    await expect.poll(() => page.locator('.thesis [role=status]').textContent()).toContain('A slow climb')
  }, 30_000)

  it('has nothing that axe objects to in light and in dark, while it is live', async () => {
    const page = await open('?batchSize=6&learningRate=1')
    await page.locator('.thesis.live').waitFor({ timeout: 20_000 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await objections(page, '.thesis')).toEqual([])
    }
  }, 60_000)
})
