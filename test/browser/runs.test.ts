/** The list of experiments that were looked at in this browser. */
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
