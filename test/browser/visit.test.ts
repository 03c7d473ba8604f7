/**
 * A whole visit to the playground in one page, as a reader makes it: a shared link, other settings, a comparison, a map,
 * one update, the list of runs, and a link for the next reader, who gets the same.
 */
import { expect, inject, it } from 'vitest'

import {
  addressOf,
  badge,
  closePanel,
  entry,
  open,
  openPanel,
  patience,
  set,
  sharedBrowser,
  taken,
} from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()

it('leads from a shared link to a link for others, and loses nothing on its way', async () => {
  const { page, complaints } = await newPage({ viewport: { width: 1366, height: 768 } })

  // A link that promises its numbers, as another reader shared it.
  const known = (await (await fetch(`${served}/api/experiments?epochs=60`)).json()) as { fingerprint: string }
  await open(page, `?epochs=60&expect=${known.fingerprint.slice(0, 16)}&v=fused-1`)
  await taken(page)
  await page.getByText('These are the numbers that the link promises').waitFor(patience)

  // Other settings, by typing and by a slider.
  await set(page, 'learningRate', '0,02')
  await expect.poll(() => addressOf(page)).toContain('learningRate=0.02')
  await page.locator('#set-momentum ~ .setting-slider input').press('ArrowLeft')
  await expect.poll(() => addressOf(page)).toContain('momentum=')
  await expect.poll(() => badge(page), patience).toMatch(/equal/)

  // A beside B, with seeds enough for a verdict.
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await set(page, 'batchSize', '4')
  await page.getByRole('group', { name: 'seeds' }).getByRole('link', { name: '10', exact: true }).click()
  await expect
    .poll(() => page.locator('.instrument-compared').innerText(), patience)
    .toMatch(/^In 10 seeds, batch size 4 .*batch size 32/)
  const compared = await addressOf(page)
  expect(compared).toMatch(/pin=.*learningRate%3D0.02/)

  // The map of the batch size: a cell is selected in place, and the comparison stays.
  await page.getByRole('button', { name: 'vary batch size in the map' }).click()
  await page.locator('.map-panel').getByRole('combobox', { name: 'seeds' }).selectOption('1')
  await expect.poll(() => page.locator('.map-status').innerText(), patience).toMatch(/^10 cells, 10 runs/)
  await page.locator('.map-picture').first().locator('svg a').nth(4).click()
  await expect.poll(() => entry(page, 'batchSize').inputValue()).toBe('16')
  const chosen = await addressOf(page)
  expect(new URL(chosen, served).searchParams.get('pin')).toBe(new URL(compared, served).searchParams.get('pin'))

  // One update of that run.
  await openPanel(page, 'One update')
  const update = page.locator('.slow-motion')
  await update.locator('.slow-motion-losses').waitFor(patience)
  expect(await update.locator('output').innerText()).toBe('update 1 of 32 in epoch 1')
  await update.getByRole('button', { name: 'an update on' }).click()
  await expect.poll(() => update.locator('output').innerText()).toBe('update 2 of 32 in epoch 1')

  // Everything that was looked at is in the list.
  await openPanel(page, 'Runs')
  const rows = page.locator('.runs-log tbody tr')
  await expect.poll(() => rows.count(), patience).toBeGreaterThan(3)
  await expect.poll(() => rows.locator('th').first().innerText()).toMatch(/Batch size 16, .*10 seeds/)

  // The link to what is shown, for the next reader.
  await openPanel(page, 'Share')
  const field = page.getByRole('textbox', { name: 'Link to what is shown' })
  await expect.poll(() => field.inputValue(), patience).toContain('&expect=')
  const link = await field.inputValue()
  await closePanel(page)
  const verdict = page.locator('.instrument-compared')
  await expect.poll(() => verdict.innerText(), patience).toMatch(/^In 10 seeds, /)
  expect(await page.locator('h1').innerText()).toMatch(/A batch size 32\s+B batch size 16/)
  const shown = {
    title: await page.locator('h1').innerText(),
    verdict: await verdict.innerText(),
    numbers: await page.locator('.key-numbers').innerText(),
  }
  expect(complaints).toEqual([])
  await page.context().close()

  const next = await newPage({ viewport: { width: 1366, height: 768 } })
  await next.page.goto(link)
  await taken(next.page)
  await next.page.getByText('These are the numbers that the link promises').waitFor(patience)
  await closePanel(next.page)
  await expect.poll(() => next.page.locator('.instrument-compared').innerText(), patience).toBe(shown.verdict)
  expect(await next.page.locator('h1').innerText()).toBe(shown.title)
  expect(await next.page.locator('.key-numbers').innerText()).toBe(shown.numbers)
  expect(await addressOf(next.page)).toBe(new URL(link).pathname + new URL(link).search)
  expect(next.complaints).toEqual([])
  await next.page.context().close()
}, 120_000)
