/** A visitor's own table in the playground: from a dropped file to a program, and nothing of it in any request. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import {
  addressOf,
  badge,
  open,
  openPanel,
  patience,
  sharedBrowser,
  taken,
  unfold,
} from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

/** A word that is in the table and nowhere else. */
const secret = 'Zebrafink'
/** Two classes that x tells apart, with some noise; 120 rows. */
const table = `x;group;kind\n${Array.from(
  { length: 120 },
  (_, row) =>
    `${((row % 2) + ((row * 37) % 50) / 40).toFixed(2).replace('.', ',')};${row % 3 ? secret : 'other'};${row % 2 ? 'up' : 'down'}`,
).join('\n')}\n`

async function drop(page: Page, text: string, name: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([content, called]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content!], called!))
      return transfer
    },
    [text, name],
  )
  await page.dispatchEvent('main', 'drop', { dataTransfer: files })
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Your own data' })
async function trained(page: Page): Promise<void> {
  await expect.poll(() => badge(page), patience).toMatch(/^trained in your browser alone/)
}
const train = (page: Page) => dialog(page).getByRole('button', { name: 'Train on it' }).click()

/** Everything that a page has sent. */
function watchRequests(page: Page): string[] {
  const sent: string[] = []
  page.on('request', (request) =>
    sent.push(decodeURIComponent(request.url()), request.postData() ?? '', JSON.stringify(request.headers())),
  )
  return sent
}

it('trains on a dropped table, compares, maps and writes programs, and sends nothing of it', async () => {
  const { page, thrown } = await newPage()
  const sent = watchRequests(page)
  await open(page, '?epochs=40')
  await taken(page)
  await drop(page, table, 'birds.csv')
  await expect.poll(() => dialog(page).textContent(), patience).toContain('120 examples, 3 inputs, 2 classes')
  expect(await dialog(page).textContent()).toContain('semicolons between the cells, decimal commas')
  await train(page)
  await expect.poll(() => addressOf(page)).toMatch(/^\/playground\?data=[0-9a-f]{16}&dataset=own&epochs=40$/)
  await trained(page)
  expect(await page.locator('h1').textContent()).toContain('Own data')
  expect(await page.locator('.instrument-notes').textContent()).toContain('It stays on your device.')
  // The predictions of the test half, by the names of the table's classes.
  await expect
    .poll(() => page.locator('.instrument-stage').textContent(), patience)
    .toContain('test examples are predicted right')
  await openPanel(page, 'Code')
  const programs = page.locator('.programs details')
  await expect.poll(() => programs.count(), patience).toBe(2)
  await programs.first().locator('summary').click()
  expect(await programs.first().textContent()).toContain('open("birds.csv"')
  await openPanel(page, 'Gradient noise')
  await expect.poll(() => page.locator('#noise').textContent(), patience).toContain('The noise scale is')
  await openPanel(page, 'Share')
  expect(await page.locator('#share').textContent()).toContain('the Worker never sees it')
  expect(await page.locator('#share').getByRole('link', { name: 'JSON' }).count()).toBe(0)
  await page.getByRole('button', { name: 'vary batch size in the map' }).click()
  await expect.poll(() => page.locator('.map-sentence').innerText(), patience).toMatch(/in 10 seeds[;:.]/)
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.locator('#set-batchSize').fill('4')
  await page.locator('#set-batchSize').blur()
  await expect.poll(() => page.locator('h1').textContent(), patience).toContain('batch size 4')
  await trained(page)
  await page.goto(`${await page.evaluate(() => location.origin)}/playground?epochs=40`)
  expect(sent.join('\n')).not.toContain(secret)
  expect(sent.filter((text) => text.includes('/api/') && text.includes('own'))).toEqual([])
  expect(thrown).toEqual([])
  await page.context().close()
}, 120_000)

it('a link asks for the file, and says whether it is the same', async () => {
  const { page, thrown } = await newPage()
  await open(page, '?epochs=40')
  await taken(page)
  await drop(page, table, 'birds.csv')
  await train(page)
  await trained(page)
  const query = new URL(page.url()).search
  const reference = await page.locator('.instrument-numbers').textContent()
  await open(page, query)
  await expect.poll(() => dialog(page).textContent(), patience).toContain('The link needs the table whose digest is')
  expect(await page.locator('h2', { hasText: 'This link needs a table of yours' }).count()).toBe(1)
  await dialog(page)
    .locator('input[type=file]')
    .setInputFiles({ name: 'birds.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await train(page)
  await trained(page)
  expect(await page.locator('.instrument-notes').textContent()).toContain('It is the table that the link names.')
  expect(await page.locator('.instrument-numbers').textContent()).toBe(reference)
  expect(new URL(page.url()).search).toBe(query)
  await open(page, query)
  await dialog(page).waitFor()
  await dialog(page)
    .locator('input[type=file]')
    .setInputFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from(table.replace('up', 'down')) })
  await train(page)
  await trained(page)
  expect(await page.locator('.instrument-notes').textContent()).toContain('It is another table than the link names')
  expect(thrown).toEqual([])
  await page.context().close()
}, 120_000)

it('is kept only if asked, and deleted; a link can have the table in its fragment', async () => {
  const { page, thrown } = await newPage()
  await open(page, '?epochs=40')
  await taken(page)
  await drop(page, table, 'birds.csv')
  await dialog(page).getByLabel('keep it in this browser').check()
  await train(page)
  await trained(page)
  const query = new URL(page.url()).search
  // Kept: the link finds it without asking.
  await open(page, query)
  await trained(page)
  await unfold(page, 'Data')
  await page.locator('.picture-choice [data-own-data]').click()
  const link = await dialog(page).getByLabel('A link with the table in it').inputValue()
  await dialog(page).getByRole('button', { name: 'Delete birds.csv from this browser' }).click()
  await expect.poll(() => dialog(page).getByLabel('Tables that this browser keeps').count()).toBe(0)
  const sent = watchRequests(page)
  await page.goto('about:blank')
  await page.goto(link)
  await trained(page)
  expect(await page.locator('.instrument-notes').textContent()).toContain('It is the table that the link names.')
  expect(sent.join('\n')).not.toContain('table=')
  // Deleted: without the fragment it is asked for.
  await page.goto('about:blank')
  await open(page, query)
  await expect.poll(() => dialog(page).textContent(), patience).toContain('The link needs the table')
  expect(thrown).toEqual([])
  await page.context().close()
}, 120_000)

it('says what is wrong with a file, and keeps what was there', async () => {
  const { page, thrown } = await newPage({ viewport: { width: 390, height: 844 } })
  await open(page, '?epochs=40')
  await taken(page)
  await drop(page, table, 'birds.csv')
  await expect.poll(() => dialog(page).textContent(), patience).toContain('120 examples')
  const choose = async (content: Buffer) =>
    dialog(page).locator('input[type=file]').setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer: content })
  await choose(Buffer.from(''))
  await expect.poll(() => dialog(page).getByRole('alert').textContent()).toBe('bad.csv is empty.')
  await choose(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))
  await expect.poll(() => dialog(page).getByRole('alert').textContent()).toContain('This is a ZIP or Excel file')
  expect(await dialog(page).textContent()).toContain('120 examples')
  expect(await dialog(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0)
  await page.keyboard.press('Escape')
  await expect.poll(() => dialog(page).count()).toBe(0)
  expect(await addressOf(page)).toBe('/playground?epochs=40')
  expect(thrown).toEqual([])
  await page.context().close()
}, 120_000)
