/** The map of the playground: two settings vary, the browser trains the cells, one is selected in place. */
import { expect, it } from 'vitest'

import { objections } from '../support/objections.ts'
import { addressOf, entry, open, patience, set, sharedBrowser, taken } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

it('varies two settings, says which cells are equally good, selects one in place, and goes back', async () => {
  const { page, complaints } = await newPage({ bypassCSP: true })
  await open(page, '?epochs=40&examples=200')
  await taken(page)

  await page.getByRole('button', { name: 'vary learning rate in the map' }).click()
  const status = page.locator('.map-status')
  await expect.poll(() => status.innerText()).toMatch(/^12 cells, 120 runs/)
  await page.getByRole('button', { name: 'vary batch size in the map' }).click()
  await expect.poll(() => addressOf(page)).toContain('vary=learningRate%2CbatchSize')
  await expect.poll(() => status.innerText(), patience).toMatch(/^96 cells, 960 runs/)

  const sentence = page.locator('.map-sentence')
  await expect.poll(() => sentence.innerText()).toMatch(/in 10 seeds[;:.]/)
  await expect.poll(() => page.locator('.map-picture svg a').count()).toBe(96)
  const before = new URL(page.url()).searchParams

  const selected = page.locator('.map-picture svg a').nth(3)
  const href = await selected.getAttribute('href')
  await selected.click()
  const chosen = new URL(href!, page.url()).searchParams
  expect(chosen.get('batchSize')).toBe('full')
  await expect.poll(() => addressOf(page)).toBe(href)
  await expect(entry(page, 'learningRate').inputValue()).resolves.toBe(chosen.get('learningRate'))
  // The map stays, and is not trained again.
  expect(await status.innerText()).toMatch(/^96 cells, 960 runs/)
  await page.locator('.map-picture figcaption', { hasText: 'The ring: the present settings.' }).waitFor()

  await page.goBack()
  await expect.poll(() => new URL(page.url()).searchParams.toString()).toBe(before.toString())
  await expect.poll(() => entry(page, 'learningRate').inputValue()).toBe('0.01')
  await expect.poll(() => status.innerText()).toMatch(/^96 cells, 960 runs/)

  expect(await objections(page)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
}, 120_000)

it('is chosen from by the keyboard, shows another color, and keeps its picture when nonsense is typed', async () => {
  const { page, complaints } = await newPage()
  await open(page, '?epochs=40&examples=200&vary=momentum&mapSeeds=1')
  const status = page.locator('.map-status')
  await expect.poll(() => status.innerText(), patience).toMatch(/^12 cells, 12 runs/)
  const cursor = page.getByRole('slider', { name: 'cell' })
  await cursor.focus()
  await cursor.press('ArrowRight')
  await cursor.press('Enter')
  await expect.poll(() => addressOf(page)).toContain('momentum=0.2')

  const panel = page.locator('.map-panel')
  await panel.getByRole('combobox', { name: 'color' }).selectOption('epochs')
  await expect.poll(() => addressOf(page)).toContain('color=epochs')
  const target = panel.getByRole('textbox', { name: 'accuracy' })
  await target.fill('nine')
  await panel.getByText('“nine” cannot be used.').waitFor()
  expect(await page.locator('.map-picture svg a').count()).toBe(12)
  await target.fill('0,7')
  await expect.poll(() => addressOf(page)).toContain('target=0.7')
  await expect.poll(() => page.locator('.map-sentence').innerText()).toContain('0.7')

  await panel.getByText('All cells in a table').click()
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Download CSV' }).click()
  expect((await download).suggestedFilename()).toBe('map.csv')

  await set(page, 'learningRate', 'much')
  expect(await page.locator('.map-picture svg a').count()).toBe(12)
  expect(complaints).toEqual([])
  await page.context().close()
}, 120_000)

it('is gone through by rows and cells with the keys of a grid, on the slider and on a cell that was clicked', async () => {
  const { page, complaints } = await newPage()
  await open(page, '?epochs=20&examples=100&vary=batchSize,momentum&mapSeeds=1&rows=0_0.9_4_linear&columns=4_32_4_log')
  await expect.poll(() => page.locator('.map-status').innerText(), patience).toMatch(/^16 cells, 16 runs/)
  const cursor = page.getByRole('slider', { name: 'cell' })
  const at = async () =>
    /batch size (\d+).*momentum ([\d.]+)/.exec((await cursor.getAttribute('aria-valuetext'))!)!.slice(1)
  await cursor.focus()
  await cursor.press('Control+End')
  await cursor.press('Home')
  const [size, lowest] = await at()
  expect([size, Number(lowest)]).toEqual(['4', expect.any(Number)])
  const steps: [key: string, size: string, rows: number][] = [
    ['ArrowRight', '8', 0],
    ['ArrowUp', '8', 1],
    ['ArrowUp', '8', 2],
    ['End', '32', 2],
    ['ArrowRight', '32', 2],
    ['ArrowDown', '32', 1],
    ['Home', '4', 1],
  ]
  const momenta = [0, 0.3, 0.6, 0.9]
  const rowsUp = Number(lowest) === 0 ? momenta : [...momenta].reverse()
  for (const [key, column, row] of steps) {
    await cursor.press(key)
    const [now, momentum] = await at()
    expect([key, now, Number(momentum)]).toEqual([key, column, rowsUp[row]])
  }

  const cells = page.locator('.map-picture svg a')
  await cells.first().click()
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
  const before = await focused()
  await page.keyboard.press('ArrowRight')
  expect(await focused()).not.toBe(before)
  expect(await focused()).toMatch(/batch size 8/)
  await page.keyboard.press('Enter')
  await expect.poll(() => addressOf(page)).toContain('batchSize=8')
  expect(complaints).toEqual([])
  await page.context().close()
}, 90_000)

it('goes through a range of the reader’s own, which the address holds, and says what cannot be used', async () => {
  const { page, complaints } = await newPage({ bypassCSP: true })
  await open(page, '?epochs=20&examples=100&vary=learningRate&mapSeeds=1')
  const status = page.locator('.map-status')
  await expect.poll(() => status.innerText(), patience).toMatch(/^12 cells, 12 runs/)
  await page.locator('.map-range summary').click()
  await page.getByLabel('learning rate: from').fill('0,001')
  await page.getByLabel('learning rate: to').fill('0.1')
  await page.getByLabel('learning rate: number of values').fill('5')
  await expect.poll(() => status.innerText(), patience).toMatch(/^5 cells, 5 runs/)
  await expect.poll(() => addressOf(page)).toContain('columns=0.001_0.1_5_log')
  await page.getByLabel('learning rate: number of values').fill('50')
  const wrong = page.locator('.map-range .setting-wrong')
  await expect
    .poll(() => wrong.innerText())
    .toBe('“50” cannot be used for values. Allowed: a whole number from 2 to 12.')
  expect(await status.innerText()).toMatch(/^5 cells/)
  expect(await objections(page)).toEqual([])
  await page.getByLabel('learning rate: number of values').fill('3')
  await page.getByLabel('learning rate: spacing').selectOption('linear')
  await expect.poll(() => addressOf(page)).toContain('columns=0.001_0.1_3_linear')
  await page.reload()
  await expect.poll(() => status.innerText(), patience).toMatch(/^3 cells, 3 runs/)
  await page.locator('.map-range summary').click()
  await page.getByRole('button', { name: 'Usual values' }).click()
  await expect.poll(() => status.innerText(), patience).toMatch(/^12 cells/)
  expect(await addressOf(page)).not.toContain('columns')
  expect(complaints).toEqual([])
  await page.context().close()
}, 90_000)

it('says what a link asks for that cannot vary, and shows the rest', async () => {
  const { page, complaints } = await newPage()
  await open(page, '?epochs=40&examples=200&vary=optimizer,batchSize&mapSeeds=1')
  await expect
    .poll(() => page.locator('.instrument-notes').innerText())
    .toContain('“optimizer” is not a numeric setting')
  await expect.poll(() => page.locator('.map-status').innerText(), patience).toMatch(/^8 cells, 8 runs/)
  expect(complaints).toEqual([])
  await page.context().close()
}, 60_000)
