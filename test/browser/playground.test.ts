/** The playground in a browser: undo, failures, divergence, large experiments, and what it looks like. */
import type { BrowserContextOptions } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'

import { amount, percent } from '#charts/text/format.ts'
import { drawerTitles } from '#playground-view/drawer.tsx'

import { objections } from '../support/objections.ts'
import { addressOf, badge, entry, open, openPanel, set, sharedBrowser, taken } from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()

/** A page of the playground in a browser of its own, and what that complains about. */
async function arrive(query: string, options: BrowserContextOptions = {}) {
  const arrived = await newPage(options)
  await open(arrived.page, query)
  return arrived
}

describe('a whole visit', () => {
  it('undoes and does again by the browser’s back and forward, a movement as one step', async () => {
    const { page } = await arrive('?epochs=60')
    await taken(page)
    const slider = page.getByRole('slider', { name: 'batch size, slider' })
    for (let press = 0; press < 3; press++) await slider.press('ArrowLeft')
    await slider.blur()
    await expect.poll(() => addressOf(page)).toContain('batchSize=')
    const moved = await addressOf(page)
    await set(page, 'momentum', '0.5')
    await expect.poll(() => addressOf(page)).toContain('momentum=0.5')
    await page.goBack()
    expect(await addressOf(page)).toBe(moved)
    await expect.poll(() => entry(page, 'momentum').inputValue()).toBe('0.9')
    await page.goBack()
    expect(await addressOf(page)).toBe('/playground?epochs=60')
    await expect.poll(() => entry(page, 'batchSize').inputValue()).toBe('32')
    await page.goForward()
    await page.goForward()
    await expect.poll(() => entry(page, 'momentum').inputValue()).toBe('0.5')
    await expect.poll(() => badge(page)).toMatch(/^equal on the edge/)
    await page.context().close()
  }, 60_000)

  it('goes through a run by update: the curve’s cursor and the boundary are at that update', async () => {
    const { page, complaints } = await arrive('?epochs=60&batchSize=64&learningRate=0.1')
    await taken(page)
    const way = page.getByRole('group', { name: 'Way through the run' })
    const caption = () => page.locator('.instrument-boundary figcaption').innerText()
    const regions = () => page.locator('.instrument-boundary svg').first().innerHTML()
    const cursors = () =>
      page
        .locator('.instrument-curves line.cursor')
        .evaluateAll((lines) => lines.map((line) => line.getAttribute('x1')))
    await way.getByLabel('step').selectOption('update')
    await way.getByRole('button', { name: 'an update back' }).click()
    await expect
      .poll(caption)
      .toBe('The class that is predicted, fainter where it is less probable, after update 479, in epoch 60.')
    expect(await way.locator('output').innerText()).toBe('update 479 of 480, in epoch 60')
    const [last, first] = [await regions(), await cursors()]
    expect(first).toHaveLength(2)
    await way.getByRole('button', { name: 'an update back' }).click()
    await expect.poll(caption).toContain('after update 478,')
    expect(await regions()).not.toBe(last)
    expect(Number((await cursors())[0])).toBeLessThan(Number(first[0]))
    await way.getByLabel('step').selectOption('epoch')
    await way.getByRole('button', { name: 'an epoch back' }).click()
    await expect.poll(caption).toBe('The class that is predicted, fainter where it is less probable, after epoch 59.')
    // A step beyond is the epoch’s end, and a change of a setting takes the place along.
    await way.getByLabel('step').selectOption('update')
    await way.getByRole('button', { name: 'an update on' }).click()
    await entry(page, 'momentum').fill('0.5')
    await expect.poll(() => addressOf(page)).toContain('update=473')
    await page.reload()
    await taken(page)
    await expect
      .poll(caption)
      .toBe('The class that is predicted, fainter where it is less probable, after update 473, in epoch 60.')
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('says what is wrong with a query beside its control, and trains nothing', async () => {
    const { page } = await arrive('?batchSize=0&epochs=60')
    expect(await page.locator('#set-batchSize-wrong').innerText()).toContain('“0” cannot be used')
    // What would train it is loaded by then, and asks for nothing.
    await page.waitForLoadState('networkidle')
    expect(await page.locator('svg.chart:not(.thumbnail)').count()).toBe(0)
    expect(
      await page.evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/')).length,
      ),
    ).toBe(0)
    await page.context().close()
  }, 60_000)

  it('names a pin that cannot be read, and goes on without it', async () => {
    const { page, complaints } = await arrive('?epochs=60&pin=batchSize%3D0')
    await taken(page)
    expect(await page.locator('.instrument-notes').innerText()).toContain('pin: batchSize was left out: “0” is not')
    expect(await page.locator('.instrument-compared').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)
})

it('measures the noise of the gradient as the Worker does, and again when a setting changes', async () => {
  const { page, complaints } = await arrive('?batchSize=16&epochs=40')
  await taken(page)
  await openPanel(page, 'Gradient noise')
  const lastRow = () => page.locator('.noise-meter tbody tr').last().innerText()
  const answered = async (query: string) => {
    const response = await fetch(`${served}/api/gradient-noise?${query}`)
    const { noiseScale, noiseShare } = (await response.json()) as { noiseScale: number[]; noiseShare: number[] }
    return [amount(noiseScale.at(-1)), percent(noiseShare.at(-1))].join('\t')
  }
  await expect.poll(lastRow).toContain(await answered('batchSize=16&epochs=40'))
  await set(page, 'batchSize', '4')
  await expect.poll(lastRow).toContain(await answered('batchSize=4&epochs=40'))
  expect(await page.locator('.noise-meter figcaption').innerText()).toContain('A batch of 4 has more noise')
  expect(complaints).toEqual([])
}, 60_000)

it('says so when the noise meter cannot be fetched, and goes on without it', async () => {
  const { page, thrown } = await arrive('?batchSize=16&epochs=40')
  await taken(page)
  const fetched = /\/_astro\/noise-panel\.[^/]+\.js$/
  await page.route(fetched, (route) => route.abort())
  await openPanel(page, 'Gradient noise')
  await page.getByText('The meter could not be fetched. Load the page again to see it.').waitFor()
  await set(page, 'batchSize', '4')
  // The open drawer takes the place of what explains the numbers.
  await page.getByText('125 an epoch').first().waitFor({ state: 'attached' })
  expect(thrown).toEqual([])
}, 60_000)

describe('the first screen of a phone', () => {
  it.each([
    [390, 844],
    [360, 780],
  ])(
    'of %i × %i has the curves, the key numbers and what is changed, which stays at hand',
    async (width, height) => {
      const { page, complaints } = await arrive('?epochs=60&seeds=3', { viewport: { width, height }, hasTouch: true })
      await taken(page)
      const boxOf = async (part: string) => (await page.locator(part).first().boundingBox())!
      const bar = await boxOf('.settings-step')
      expect(bar.y + bar.height).toBeCloseTo(height, 0)
      const parts = ['.instrument-curves', '.transport', '.key-numbers', '.key-number']
      const [curves, transport, numbers, first] = await Promise.all(parts.map(boxOf))
      expect(curves!.y + curves!.height).toBeLessThanOrEqual(transport!.y)
      expect(transport!.y + transport!.height).toBeLessThanOrEqual(numbers!.y)
      expect(numbers!.y).toBeLessThan(600)
      expect(first!.y + first!.height).toBeLessThan(bar.y)
      const sliders = page.locator('.settings-step .setting-slider input')
      const sizes = await sliders.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
      expect(sizes.every((size) => size >= 44)).toBe(true)
      expect(sizes).toHaveLength(2)
      // It stays while the settings pass; and what a hand changes moves nothing.
      await page.locator('#set-momentum').scrollIntoViewIfNeeded()
      const before = [await boxOf('.settings-step'), await boxOf('#set-momentum')]
      await page.getByRole('slider', { name: 'batch size, slider' }).press('ArrowLeft')
      await expect.poll(() => addressOf(page)).toContain('batchSize=')
      expect([await boxOf('.settings-step'), await boxOf('#set-momentum')]).toEqual(before)
      expect(complaints).toEqual([])
      await page.context().close()
    },
    60_000,
  )
})

describe('a slider that moves', () => {
  it.each(['batch size', 'learning rate', 'momentum'])(
    'leaves everything in its place on a desktop: %s',
    async (name) => {
      const { page } = await arrive('?epochs=60', { viewport: { width: 1280, height: 720 } })
      await taken(page)
      const parts = ['.setting', '.instrument-curves', '.instrument-boundary', '.transport', '.key-numbers > div']
      const boxes = () =>
        page
          .locator(parts.join())
          .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect().toJSON())))
      const before = await boxes()
      const address = await addressOf(page)
      await page.getByRole('slider', { name: `${name}, slider` }).press('ArrowLeft')
      await expect.poll(() => addressOf(page)).not.toBe(address)
      await page.getByRole('link', { name: `${name} back to` }).waitFor()
      expect(await boxes()).toEqual(before)
      await page.context().close()
    },
    60_000,
  )
})

describe('the cursor', () => {
  it('goes by what the chart counts: slider, words and steps follow the axis', async () => {
    const { page } = await arrive('?epochs=60&batchSize=64')
    await taken(page)
    const way = page.getByRole('group', { name: 'Way through the run' })
    await way.getByRole('slider', { name: 'epoch' }).press('ArrowLeft')
    await expect.poll(() => way.locator('output').innerText()).toBe('epoch 59 of 60')
    await page.getByRole('link', { name: 'updates', exact: true }).click()
    await expect.poll(() => way.locator('output').innerText()).toBe('update 472 of 480, after epoch 59')
    const slider = way.getByRole('slider', { name: 'update' })
    expect(await slider.getAttribute('max')).toBe('480')
    await slider.press('ArrowLeft')
    await expect
      .poll(() => slider.getAttribute('aria-valuetext'))
      .toMatch(/^update 471 of 480, in epoch 59: train 0\.\d{3}, test 0\.\d{3}$/)
    await way.getByRole('button', { name: 'an update back' }).click()
    await expect.poll(() => slider.inputValue()).toBe('470')
    await expect
      .poll(() => page.locator('.instrument-boundary figcaption').innerText())
      .toBe('The class that is predicted, fainter where it is less probable, after update 470, in epoch 59.')
    await slider.press('Home')
    await expect.poll(() => way.locator('output').innerText()).toBe('update 1 of 480, in epoch 1')
    // No epoch is over, so there are no values yet.
    expect(await slider.getAttribute('aria-valuetext')).toBe('update 1 of 480, in epoch 1')
    await page.context().close()
  }, 60_000)

  it('lies over the curves', async () => {
    const { page } = await arrive('?epochs=60&epoch=30')
    await taken(page)
    const over = page.locator('.instrument-curves .chart-over')
    await over.waitFor()
    expect(await over.boundingBox()).toEqual(await page.locator('.instrument-curves svg').first().boundingBox())
    await page.context().close()
  }, 60_000)
})

describe('sharing', () => {
  it('writes programs for the settings that are shown, and saves pictures', async () => {
    const { page, complaints } = await arrive('?batchSize=4&epochs=60')
    await taken(page)
    await openPanel(page, 'Code')
    const code = page.getByRole('tabpanel', { name: 'Code' })
    await code.getByText('Keras pip install').click()
    await expect.poll(() => code.locator('pre:visible').first().innerText()).toContain('batch_size=4')
    await entry(page, 'batchSize').fill('8')
    await expect.poll(() => code.locator('pre:visible').first().innerText()).toContain('batch_size=8')
    const download = page.waitForEvent('download')
    await openPanel(page, 'Share')
    await page.getByRole('button', { name: 'curves as PNG' }).click()
    expect((await download).suggestedFilename()).toBe('learning-curves.png')
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('freezes settings for a class; whoever opens the link may unlock them', async () => {
    const { page } = await arrive('?batchSize=4&epochs=60')
    await taken(page)
    await openPanel(page, 'Share')
    await page.locator('.freezing').getByLabel('freeze learning rate', { exact: true }).check()
    await page.getByRole('button', { name: 'Open the frozen page' }).click()
    await page.waitForURL(/lock=learningRate/)
    await taken(page)
    expect(await page.locator('.instrument-notes').innerText()).toContain('froze learning rate')
    expect(await entry(page, 'learningRate').isEditable()).toBe(false)
    expect(await page.getByRole('slider', { name: 'learning rate, slider' }).isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'unlock it' }).click()
    await expect.poll(() => entry(page, 'learningRate').isEditable()).toBe(true)
    expect(await addressOf(page)).toBe('/playground?batchSize=4&epochs=60')
    await page.context().close()
  }, 60_000)

  it('checks with stock TensorFlow.js, draws its line, and says how far both are apart', async () => {
    const { page, complaints } = await arrive('?batchSize=8&epochs=60')
    await taken(page)
    await openPanel(page, 'Numbers')
    await page.getByRole('button', { name: 'Check with stock TensorFlow.js' }).click()
    const said = page.locator('.instrument-stock [role=status]')
    await expect
      .poll(() => said.innerText(), { timeout: 60_000 })
      .toMatch(/ends at a test accuracy of 0\.\d{3}, the kernel at 0\.\d{3}/)
    expect(await page.locator('.instrument-curves .line.stock').count()).toBeGreaterThan(0)
    await entry(page, 'seeds').fill('20')
    await expect.poll(() => page.locator('.instrument-curves .line.stock').count()).toBe(0)
    await page.getByRole('button', { name: 'Check with stock TensorFlow.js' }).click()
    await expect.poll(() => said.innerText()).toMatch(/It can check up to \d+ epochs?, or up to \d+ seeds?\./)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 90_000)
})

describe.each([390, 1280])('the live page at %i px', (width) => {
  it('has nothing that axe objects to, with a comparison, frozen settings and everything unfolded, in every panel', async () => {
    const query = '?batchSize=4&epochs=60&seeds=10&pin=epochs%3D60%26seeds%3D10&lock=momentum'
    const { page } = await arrive(query, { viewport: { width, height: 844 } })
    await taken(page)
    for (const name of Object.values(drawerTitles)) {
      await openPanel(page, name)
      const panel = page.getByRole('tabpanel', { name })
      if (name === 'Numbers') await page.locator('.paired circle').first().waitFor({ timeout: 20_000 })
      else if (name === 'Code') await page.getByText('Keras pip install').waitFor()
      else await panel.locator('svg, table, button, select').first().waitFor({ timeout: 20_000 })
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))
      expect([name, await objections(page)]).toEqual([name, []])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await page.context().close()
  }, 120_000)
})
