/** Your own curves: logs are dropped, pasted and chosen as visitors do it, and nothing about them leaves the browser. */
import { text as textOf } from 'node:stream/consumers'

import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { samples } from '../../site/src/client/logs/samples.ts'
import { browsing } from '../support/browsing.ts'
import { objections } from '../support/objections.ts'
import { kerasCsv } from '../support/training-logs.ts'

const openPath = browsing()

/** Every request of the page, by method and address. */
async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; requests: string[] }> {
  const requests: string[] = []
  const page = await openPath('/diagnose', { viewport: { width: 1280, height: 800 }, ...options }, async (opened) => {
    opened.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
    opened.on('websocket', (socket) => requests.push(`WS ${socket.url()}`))
  })
  await page.getByText('Drop logs here').waitFor()
  await page.waitForLoadState('networkidle')
  return { page, requests }
}

/** Drops files on the drop zone, as a hand does. */
async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer()
    for (const { name, text } of given) data.items.add(new File([text], name))
    return data
  }, files)
  await page.locator('.log-drop').dispatchEvent('drop', { dataTransfer: transfer })
}

it('says what a dropped log is a sign of, and sends nothing', async () => {
  const { page, requests } = await open()
  const before = requests.length
  await drop(page, [{ name: 'mine.csv', text: kerasCsv('batchSize=4') }])
  const log = page.getByRole('region', { name: 'mine.csv' }).first()
  await log.getByRole('heading', { name: 'The curve jitters around a level' }).waitFor()
  expect(await log.innerText()).toMatch(/val_accuracy has an instability of 0\.0\d+ over the last 50 values/)
  await log.getByLabel('Validation examples').fill('500')
  await log.getByText('its standard error').waitFor()
  expect(await log.locator('tr', { hasText: 'its standard error' }).innerText()).toMatch(/0\.01\d\d/)
  // Another column.
  await log.getByText('Columns:').click()
  await log.getByLabel('Validation metric').selectOption('val_loss')
  await expect.poll(() => log.getByRole('columnheader').allInnerTexts()).toContain('val_loss')
  // The picture is read out by keys.
  await log.getByRole('slider').first().focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => log.locator('.readout-line').first().innerText()).toMatch(/^epoch 1: val_loss \d/)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the numbers as CSV' }).click()
  const csv = await textOf(await (await saved).createReadStream())
  expect(csv).toMatch(/^log,role,metric,.*instability/)
  expect(csv).toMatch(/mine\.csv,validation,val_loss/)
  expect(requests.slice(before).filter((request) => !request.includes('blob:'))).toEqual([])
})

it('shows two logs side by side, with what one run each can tell', async () => {
  const { page } = await open()
  await page.getByRole('button', { name: samples[0].title }).click()
  const both = page.getByRole('region', { name: 'Side by side' })
  await both.getByText('One run each cannot tell this difference from chance').waitFor()
  expect(await both.locator('.chart .line').count()).toBeGreaterThan(3)
  expect(await both.getByRole('columnheader').allInnerTexts()).toEqual(['quantity', ...samples[0].files])
  await page.getByRole('button', { name: `Remove ${samples[0].files[1]}` }).click()
  await expect.poll(() => both.count()).toBe(0)
})

it('estimates the noise scale where a log has gradient norms at two batch sizes', async () => {
  const { page } = await open()
  await page.getByRole('button', { name: 'PyTorch: gradient norms' }).click()
  const noise = page.getByRole('region', { name: 'Noise scale' })
  await noise.getByText(/The simple noise scale is about [\d.]+ examples/).waitFor()
  await page.getByLabel('Batch size of grad_norm_16').fill('256')
  await expect.poll(() => noise.innerText()).toMatch(/needs norms at two batch sizes/)
})

it('says of bad input what is wrong with it, and keeps the rest', async () => {
  const { page } = await open()
  const status = page.getByRole('status').first()
  const box = page.getByLabel('Or paste a log, or a column of numbers')
  await page.getByRole('button', { name: 'Read', exact: true }).click()
  await page.getByText('The box is empty: paste a log first.').waitFor()
  await box.fill('no numbers here')
  await page.getByRole('button', { name: 'Read', exact: true }).click()
  await expect.poll(() => status.innerText()).toMatch(/pasted log was not read\. .*has numbers|has a header/)
  await box.fill('epoch;val_acc\n1;0,5\n2;=A1\n3;0,7')
  await page.getByRole('button', { name: 'Read', exact: true }).click()
  await page.getByText('Line 3, column “val_acc”: “=A1” is a formula').waitFor()
  await drop(page, [{ name: 'events.tfevents', text: 'a\0b\0\0\0' }])
  await expect
    .poll(() => status.innerText())
    .toMatch(/events\.tfevents was not read\. This is not a text: byte 2 is zero/)
  // What was read before is still there.
  expect(await page.getByRole('heading', { name: 'pasted log' }).count()).toBe(1)
})

it('draws a log of 100,000 lines without blocking the page, its largest jump included', async () => {
  const { page } = await open()
  await page.evaluate(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    })
    Object.assign(globalThis, { tasks })
  })
  const rows = Array.from({ length: 100_000 }, (_, step) => `${step},${step === 61_803 ? 0.2 : 0.5 + (step % 7) / 100}`)
  await drop(page, [{ name: 'long.csv', text: ['step,val_acc', ...rows].join('\n') }])
  // The first is that of the legend.
  const line = page.locator('section.log .chart .line.test').nth(1)
  await line.waitFor()
  // At most four points for each pixel of the width, however many there are.
  const path = await line.getAttribute('d')
  expect(path!.length).toBeLessThan(60_000)
  await page.getByRole('slider', { name: 'step' }).fill('61803')
  await expect.poll(() => page.locator('.readout-line').first().innerText()).toBe('step 61\u202f803: val_acc 0.200')
})

it('works by keyboard on a phone, and axe finds nothing, in light and in dark', async () => {
  const { page } = await open({ viewport: { width: 320, height: 640 } })
  await page.getByRole('button', { name: 'Keras: overfitting' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Keras: batch 32 and 256' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Side by side' }).waitFor()
  await page.getByText('Columns:').first().click()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await objections(page)).toEqual([])
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
}, 60_000)

it('stands as a text without JavaScript', async () => {
  const page = await openPath('/diagnose', { javaScriptEnabled: false })
  expect(await page.getByText('Reading logs needs JavaScript').isVisible()).toBe(true)
  expect(await page.locator('.checklist h3').count()).toBeGreaterThan(8)
})
