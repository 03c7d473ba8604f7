/** The links that spare the keyboard the way through the examples and the settings. */
import { expect, it } from 'vitest'

import { open, patience, sharedBrowser, taken } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

it('lead from the top of the playground to its settings and to its drawer, and a link to a panel into that', async () => {
  const { page, complaints } = await newPage()
  await open(page, '?epochs=60')
  await taken(page)
  const focused = () => page.evaluate(() => document.activeElement?.id)
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await press('Tab', 'Enter', 'Tab')
  expect(await page.locator(':focus').innerText()).toBe('Skip to the settings')
  await press('Enter')
  expect(await focused()).toBe('set-batchSize')
  await press('Control+a', '8')
  await expect.poll(() => page.url()).toContain('batchSize=8')

  await press('Shift+Tab')
  await page.getByRole('link', { name: 'Skip to the closer look' }).focus()
  await press('Enter')
  expect(await focused()).toBe('tab-numbers')
  await press('End', 'Enter')
  await page.locator('#share').waitFor(patience)

  // The address, which the fragments have not changed otherwise, is still the experiment's.
  expect(new URL(page.url()).search).toContain('epochs=60')
  await press('Enter')
  await expect.poll(() => page.locator('#share').count()).toBe(0)
  await page.locator('.bar-action', { hasText: 'Share' }).focus()
  await press('Enter')
  await expect.poll(focused, patience).toBe('share')
  expect(complaints).toEqual([])
  await page.context().close()
}, 60_000)
