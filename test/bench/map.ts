/**
 * How fast the playground trains a map: 12 × 8 cells with 3 seeds of the tutorial's network, in Chromium, against the
 * product as it is served.
 *
 *   npm run bench:map            starts the product
 *   npm run bench:map -- URL     asks one that runs
 *
 * Times are from the press that varies the second setting: to the first cell that is painted with its number, to a first
 * run in every cell, and to all runs. The longest task is that of the page's own thread meanwhile, as the browser reports
 * those above 50 ms; other work on the machine lengthens them. "First visit" includes the loading of the map's code.
 */
import type { Page } from 'playwright-core'

import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { short, table, timesOf } from './measure.ts'

const repeats = 5
const [given] = process.argv.slice(2)
const server = given === undefined ? await startWranglerDev() : undefined
const url = given ?? server!.url
const browser = await launchChromium()

interface Times {
  first: number
  every: number
  all: number
  longest: number
}

async function open(query: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${url}/playground?${query}`)
  await page.waitForSelector('button.setting-vary')
  await page.waitForTimeout(1000)
  return page
}

/** Varies a setting, and measures the map until it is over. */
function vary(page: Page, field: string): Promise<Times> {
  return page.evaluate(async (name) => {
    const button = document.querySelector<HTMLElement>(`.setting:has(#set-${name}) button.setting-vary`)
    if (!button) throw new Error(`no button for ${name}`)
    let longest = 0
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
    })
    tasks.observe({ type: 'longtask' })
    const start = performance.now()
    button.click()
    let [first, every] = [0, 0]
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      const now = performance.now() - start
      const labels = Array.from(document.querySelectorAll('.map-picture svg a text'), (text) => text.textContent)
      const status = document.querySelector('.map-status')?.textContent ?? ''
      if (!first && labels.length === 96 && labels.some((label) => label !== '')) first = now
      if (!every && labels.length === 96 && labels.every((label) => label !== '')) every = now
      if (status.startsWith('96 cells')) {
        // Long tasks are reported a moment later.
        await new Promise((resolve) => setTimeout(resolve, 200))
        tasks.disconnect()
        return { first, every, all: now, longest }
      }
      if (now > 60_000) throw new Error(`no map: ${status}`)
    }
  }, field)
}

try {
  const cold: Times[] = []
  const warm: Times[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    // Each with seeds of its own; the other setting is varied by the address, so that its code is there.
    const first = await open(`mapSeeds=3&seed=${100 * repeat}&vary=learningRate`)
    await first.waitForFunction(() => document.querySelector('.map-status')?.textContent?.startsWith('12 cells'))
    warm.push(await vary(first, 'batchSize'))
    await first.close()
    const fresh = await open(`mapSeeds=3&seed=${100 * repeat + 50}`)
    await fresh.evaluate(() =>
      document.querySelector<HTMLElement>('.setting:has(#set-learningRate) button.setting-vary')!.click(),
    )
    cold.push(await vary(fresh, 'batchSize'))
    await fresh.close()
  }
  const row = (name: string, times: readonly Times[]) => [
    name,
    ...(['first', 'every', 'all'] as const).map((part) => {
      const { min, median } = timesOf(times.map((one) => one[part]))
      return `${short(min)} (${short(median)})`
    }),
    times.map(({ longest }) => longest).join(', '),
  ]
  console.log(
    '12 × 8 cells, 3 seeds, milliseconds: minimum (median); the longest task of each visit, 0 if none is above 50 ms\n',
  )
  console.log(
    table(
      ['map', 'first cell', 'a run in every cell', 'all runs', 'longest task'],
      [row('code loaded', warm), row('first visit', cold)],
    ),
  )
} finally {
  await browser.close()
  await server?.stop()
}
