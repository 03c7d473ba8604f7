/** Your own run, as readers meet it: on a report, with what their program printed. */
import type { BrowserContextOptions } from 'playwright-core'
import { expect, inject, it } from 'vitest'

import type { ExperimentResult } from '#experiment/result/result.ts'

import { browsing } from '../support/browsing.ts'
import { objections } from '../support/objections.ts'

const served = inject('served')
const openPath = browsing()

const open = (options: BrowserContextOptions = {}) =>
  openPath('/reports/mini-batch-gradient-descent', { viewport: { width: 390, height: 844 }, ...options })

it('counts the runs around what was typed as the API has them, in any spelling, by keyboard alone', async () => {
  const page = await open()
  const answer = await fetch(`${served}/api/experiments?seeds=100&histories=0`)
  const { runs } = (await answer.json()) as ExperimentResult
  const finals = runs.map(({ final }) => final.testAccuracy!)
  const lower = finals.filter((value) => value < 0.825 - 1e-9).length
  const same = finals.filter((value) => Math.abs(value - 0.83) <= 0.005 + 1e-9).length
  const field = page.getByLabel('Test accuracy that your run printed')
  const verdict = page.locator('[data-own-run]').getByRole('status')
  for (const text of ['0.83', '83%', '0,83']) {
    await field.fill(text)
    await field.press('Enter')
    expect(await verdict.innerText()).toMatch(`as ${same} of 100 runs do; ${lower} end lower`)
    expect(await page.locator('.strip .own:visible').count()).toBe(1)
  }
  await field.fill('0.55')
  await field.press('Enter')
  expect(await verdict.innerText()).toMatch(/^Lower than all 100 of ours/)
  expect(await page.getByText('Softmax twice').isVisible()).toBe(true)
}, 30_000)

it('says kindly what cannot be read, beside the field, and not while it is typed', async () => {
  const page = await open()
  const field = page.getByLabel('Test accuracy that your run printed')
  await field.pressSequentially('0.8.')
  expect(await field.getAttribute('aria-invalid')).toBe(null)
  await field.press('Enter')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  const said = page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`)
  expect(await said.innerText()).toMatch(/“0\.8\.” is not read as an accuracy/)
  expect(await page.locator('[data-own-run]').getByRole('status').innerText()).toBe('')
  await field.fill('0.8')
  expect(await field.getAttribute('aria-invalid')).toBe(null)
  expect(await said.innerText()).toBe('')
}, 30_000)

it('stands as a table without JavaScript, on a phone', async () => {
  const page = await open({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
  const own = page.locator('[data-own-run]')
  expect(await own.getByRole('textbox').isVisible()).toBe(false)
  const cells = (await own.locator('td:visible').allInnerTexts()).map(Number)
  expect(cells).toHaveLength(5)
  expect(cells).toEqual(cells.toSorted((a, b) => a - b))
  expect(cells[2]).toBeGreaterThan(0.8)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
}, 30_000)

it('has nothing that axe objects to in light and in dark, with a verdict and with a refusal', async () => {
  const page = await open()
  const field = page.getByLabel('Test accuracy that your run printed')
  for (const text of ['0.55', 'nonsense']) {
    await field.fill(text)
    await field.press('Enter')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await objections(page, '[data-own-run]')).toEqual([])
    }
  }
}, 60_000)
