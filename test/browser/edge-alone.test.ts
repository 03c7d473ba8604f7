/** The playground where the browser cannot train, or the Worker does not answer: each serves alone, and the page says so. */
import type { Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'

import { decimal, digitsOf } from '#charts/text/format.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { badge, open, openPanel, patience, set, sharedBrowser } from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()

const notes = (page: Page) => page.locator('.instrument-notes').innerText()
const numbers = (page: Page) => page.locator('.key-number').allInnerTexts()
const regions = (page: Page) =>
  page.locator('.instrument-boundary .region').evaluateAll((all) => all.map((one) => one.getAttribute('d')))

/** What the page shows is what the API says of one run. */
async function expectTheEdgeOf(page: Page, query: string): Promise<void> {
  const { runs } = (await (await fetch(`${served}/api/experiments?${query}`)).json()) as ExperimentResult
  const { final, instability } = runs[0]!
  await expect
    .poll(async () => (await numbers(page)).slice(0, 2))
    .toEqual([decimal(final.testAccuracy), decimal(instability, digitsOf.instability)])
}

/** The same controls go on working, and what they show comes from the edge. */
async function expectControls(page: Page): Promise<void> {
  const before = await regions(page)
  await page.getByRole('slider', { name: 'batch size, slider' }).press('Shift+ArrowLeft')
  await page.getByRole('slider', { name: 'batch size, slider' }).blur()
  await expect.poll(() => page.evaluate(() => location.search)).toContain('batchSize=8')
  await expectTheEdgeOf(page, 'batchSize=8&epochs=60')
  await expect.poll(() => badge(page)).toMatch(/^from the Worker, /)
  await expect.poll(() => regions(page)).not.toEqual(before)
  expect((await regions(page)).length).toBeGreaterThan(1)
  await openPanel(page, 'Numbers')
  await set(page, 'seeds', '6')
  await expect.poll(() => page.locator('.instrument-source').innerText()).toContain('of 6 runs')
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await set(page, 'batchSize', 'full')
  await expect
    .poll(() => page.locator('.instrument-compared').innerText())
    .toMatch(/In 6 seeds, full batch \(500\) .* batch size 8/)
  expect(await page.locator('.key-pinned').count()).toBe(4)
}

describe.each([
  ['module workers', `globalThis.Worker = class { constructor() { throw new Error('no modules') } }`],
  ['WebAssembly with SIMD', `WebAssembly.validate = () => false`],
])('a browser without %s', (lacking, without) => {
  it('gets the edge’s results by the same controls, and is told why', async () => {
    const { page, thrown } = await newPage()
    await page.addInitScript(without)
    await open(page, `?batchSize=16&epochs=60`)
    await page.locator('.badge').waitFor(patience)
    await expectTheEdgeOf(page, 'batchSize=16&epochs=60')
    expect(await notes(page)).toContain(
      `The Worker alone trains here, when the hand rests: this browser has no ${lacking}.`,
    )
    expect(await badge(page)).toMatch(/^from the Worker, /)
    await expect.poll(async () => (await regions(page)).length).toBeGreaterThan(1)
    expect(page.workers()).toEqual([])
    await expectControls(page)
    expect(await page.getByRole('tab', { name: 'One update' }).count()).toBe(0)
    expect(thrown).toEqual([])
    await page.context().close()
  }, 120_000)
})

describe('workers that die', () => {
  it('twice before they have done anything: the edge serves alone, and the page says so', async () => {
    const { page, thrown } = await newPage()
    // The page fetches the script beforehand, too.
    let starts = 0
    page.on('worker', () => starts++)
    await page.route('**/_astro/worker-*.js', async (route) => {
      await route.fulfill({ response: await route.fetch(), body: 'throw new Error("broken")' })
    })
    await open(page, `?batchSize=16&epochs=60`)
    await page.locator('.badge').waitFor(patience)
    await expect.poll(() => notes(page)).toContain('this browser’s workers do not train: ')
    expect(starts).toBe(2)
    await expectTheEdgeOf(page, 'batchSize=16&epochs=60')
    await expectControls(page)
    expect(await notes(page)).toContain('The Worker alone trains here')
    expect(starts).toBe(2)
    expect(thrown.filter((message) => !message.includes('broken'))).toEqual([])
    await page.context().close()
  }, 120_000)

  it('in the middle of a training, and again when it is started anew: likewise', async () => {
    const { page } = await newPage()
    let isBroken = false
    await page.route('**/_astro/worker-*.js', async (route) =>
      isBroken ? route.fulfill({ response: await route.fetch(), body: 'throw new Error("broken")' }) : route.continue(),
    )
    await open(page, `?batchSize=16&epochs=60`)
    await page.locator('.badge').waitFor(patience)
    await expect.poll(() => badge(page)).toMatch(/^equal on the edge/)
    isBroken = true
    await openPanel(page, 'Numbers')
    await set(page, 'seeds', '200')
    for (const worker of page.workers())
      await worker.evaluate(() => void setTimeout(() => reportError(new Error('gone')))).catch(() => undefined)
    await expect.poll(() => notes(page)).toContain('The Worker alone trains here')
    await expect.poll(() => page.locator('.instrument-source').innerText()).toContain('of 200 runs')
    await expect.poll(() => badge(page)).toMatch(/^from the Worker, /)
    await page.context().close()
  }, 120_000)
})

describe('a reader who is offline', () => {
  it('has the browser’s result, is told so, and is told that it is equal once online again', async () => {
    const { page, thrown } = await newPage()
    await open(page, `?batchSize=16&epochs=60`)
    await expect.poll(() => badge(page)).toMatch(/^equal on the edge/)
    await page.context().setOffline(true)
    await set(page, 'batchSize', '8')
    await expect.poll(() => badge(page)).toBe('trained in your browser alone. You are offline.')
    const alone = await numbers(page)
    await page.context().setOffline(false)
    await expect.poll(() => badge(page)).toMatch(/^equal on the edge, bit for bit/)
    expect(await numbers(page)).toEqual(alone)
    await expectTheEdgeOf(page, 'batchSize=8&epochs=60')
    expect(thrown).toEqual([])
    await page.context().close()
  }, 60_000)
})
