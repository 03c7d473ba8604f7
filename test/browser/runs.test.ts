/** The list of experiments that were looked at in this browser. */
import { text } from 'node:stream/consumers'

import { expect, it } from 'vitest'

import { objections } from '../support/objections.ts'
import { addressOf, open, openPanel, patience, set, sharedBrowser, taken } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

it('lists what was looked at, names and sorts it, compares with it, and is there at the next visit', async () => {
  const { page, complaints } = await newPage({ bypassCSP: true })
  await open(page, '?epochs=60')
  await taken(page)
  await set(page, 'batchSize', '4')
  await openPanel(page, 'Runs')
  const rows = page.locator('.runs-log tbody tr')
  await expect.poll(() => rows.count(), patience).toBe(2)
  await set(page, 'batchSize', '256')
  await expect.poll(() => rows.count(), patience).toBe(3)
  await page.getByLabel('name of Batch size 4, 60 epochs').fill('rough')
  await page.getByRole('button', { name: 'instability' }).click()
  const values = async () => (await rows.locator('td:nth-of-type(2)').allInnerTexts()).map(Number)
  const sorted = await values()
  expect(sorted).toEqual([...sorted].sort((a, b) => a - b))
  expect(await objections(page)).toEqual([])

  await page.getByRole('link', { name: 'compare with Batch size 4, 60 epochs' }).click()
  await expect.poll(() => addressOf(page)).toMatch(/batchSize=256&epochs=60&pin=batchSize%3D4%26epochs%3D60/)
  await page.reload()
  await taken(page)
  await openPanel(page, 'Runs')
  await expect.poll(() => page.getByLabel('name of Batch size 4, 60 epochs').inputValue(), patience).toBe('rough')
  await page.getByRole('button', { name: 'delete Batch size 4, 60 epochs' }).click()
  await expect.poll(() => rows.count(), patience).toBe(2)
  expect(complaints).toEqual([])
  await page.context().close()
}, 90_000)

it('links to a set, which is offered to whoever opens it and in the list only once it is kept', async () => {
  const { page } = await newPage({ bypassCSP: true })
  await open(page, '?epochs=60')
  await taken(page)
  await openPanel(page, 'Runs')
  const rows = page.locator('.runs-log > .scroll tbody tr')
  for (const [index, size] of ['4', '256'].entries()) {
    await set(page, 'batchSize', size)
    await expect.poll(() => rows.count(), patience).toBe(index + 2)
  }
  await page.getByLabel('name of Batch size 4, 60 epochs').fill('rough')
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  const link = page.getByLabel('Link to these experiments')
  await expect.poll(() => link.inputValue()).toMatch(/#runs&run=.*&count=3$/)
  await page.getByLabel('put Batch size 4, 60 epochs into the link').check()
  await page.getByLabel('put 60 epochs into the link').check()
  await expect.poll(() => link.inputValue()).toMatch(/&count=2$/)
  expect(await objections(page)).toEqual([])
  const address = await link.inputValue()
  await page.context().close()

  const visitor = await newPage({ bypassCSP: true })
  const other = visitor.page
  await open(other, '?batchSize=8&epochs=60')
  await taken(other)
  await openPanel(other, 'Runs')
  const own = other.locator('.runs-log > .scroll tbody tr')
  await other.getByLabel('name of Batch size 8, 60 epochs').fill('mine')
  await other.goto(address)
  const offered = other.locator('.offered-runs tbody tr')
  await expect.poll(() => offered.count(), patience).toBe(2)
  const accuracies = async () => (await offered.locator('td:nth-of-type(1)').allInnerTexts()).map(Number)
  await expect.poll(async () => (await accuracies()).every((value) => value > 0.5), patience).toBe(true)
  const texts = await offered.allInnerTexts()
  expect([texts.length, texts.filter((one) => one.includes('rough')).length]).toEqual([2, 1])
  expect(await objections(other)).toEqual([])
  // The first of the set is what the page shows, and so it was looked at.
  const before = await own.count()
  await other.getByRole('button', { name: 'Keep all 2 in my list' }).click()
  await expect.poll(() => own.count(), patience).toBe(before + 1)
  expect(await other.getByLabel('name of Batch size 4, 60 epochs').inputValue()).toBe('rough')
  expect(await other.getByLabel('name of Batch size 8, 60 epochs').inputValue()).toBe('mine')
  await other.getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => offered.count()).toBe(0)
  expect(new URL(other.url()).hash).toBe('')

  // Typed over the address of the open page.
  await other.goto(`${other.url()}#runs&run=batchSize%3Dmany&count=1`)
  const alert = other.locator('.offered-runs [role="alert"]')
  await expect
    .poll(() => alert.innerText(), patience)
    .toMatch(/Experiment 1 of the link cannot be read. batchSize: .*many/)
  expect(await own.count()).toBe(before + 1)
  await other.getByRole('button', { name: 'Close' }).click()
  await other.getByRole('button', { name: 'Delete all' }).click()
  await expect.poll(() => own.count()).toBe(0)
  expect(visitor.complaints).toEqual([])
  await other.context().close()
}, 90_000)

it('saves the list as CSV', async () => {
  const { page } = await newPage()
  await open(page, '?epochs=60')
  await taken(page)
  await openPanel(page, 'Runs')
  await page.getByLabel('name of 60 epochs').fill('=cmd, "quoted"')
  await page.getByLabel('name of 60 epochs').blur()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('minibatch-runs.csv')
  const [head, row] = (await text(await download.createReadStream())).split('\r\n')
  expect(head).toBe('name,testAccuracy,instability,epochsTo80,seeds,diverged,address')
  expect(row).toMatch(/^"'=cmd, ""quoted""",0\.\d+,0\.\d+,\d+(\.0)?,1,0,"http[^"]*\/playground\?epochs=60"$/)
  await page.context().close()
}, 60_000)
