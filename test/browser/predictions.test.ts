/** The pictures of what is predicted of a table, beside an open drawer. */
import { expect, it } from 'vitest'

import { objections } from '../support/objections.ts'
import { open, openPanel, patience, sharedBrowser, taken } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

it('are scrolled by keys while the drawer is open', async () => {
  const { page, complaints } = await newPage({ viewport: { width: 1280, height: 720 }, bypassCSP: true })
  await open(page, '?dataset=weather&batchSize=4&epochs=60')
  await taken(page)
  const predictions = page.getByRole('figure', { name: 'Predictions of the test half' })
  await predictions.locator('svg').nth(1).waitFor()
  for (const panel of ['Numbers', 'Share']) {
    await openPanel(page, panel)
    const room = () => predictions.evaluate((element) => element.scrollHeight - element.clientHeight)
    await expect.poll(room, patience).toBeGreaterThan(50)
    expect(await objections(page)).toEqual([])
    // The last stop before the drawer's tabs.
    await page.getByRole('tab', { name: 'Numbers' }).focus()
    for (let steps = 0; steps < 20; steps++) {
      await page.keyboard.press('Shift+Tab')
      if (await predictions.evaluate((element) => element === document.activeElement)) break
    }
    expect(await predictions.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await predictions.getAttribute('tabindex')).toBe('0')
    await page.keyboard.press('End')
    await expect.poll(() => predictions.evaluate((element) => element.scrollTop), patience).toBeGreaterThan(40)
    await page.keyboard.press('Home')
    await expect.poll(() => predictions.evaluate((element) => element.scrollTop), patience).toBe(0)
  }
  expect(complaints).toEqual([])
  await page.context().close()
}, 60_000)
