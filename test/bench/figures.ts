/**
 * How soon a figure of the article answers a switch: in Chromium, against the product as it is served.
 *
 *   npm run bench:figures            starts the product
 *   npm run bench:figures -- URL     asks one that runs
 *
 * A time is from the change of a switch, the first that the reader makes in the figure, to the frame after the one in which
 * the picture has come; and to the moment at which all runs are in it.
 */
import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { short, table } from './measure.ts'

const [given] = process.argv.slice(2)
const server = given === undefined ? await startWranglerDev() : undefined
const url = given ?? server!.url
const browser = await launchChromium()

/** Milliseconds from a switch to the first picture, and to the one with all runs. */
async function answer(figure: string, rate: number): Promise<{ first: number; all: number }> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  const session = await page.context().newCDPSession(page)
  await page.goto(url)
  for (const one of await page.getByText('Show what happens').all()) await one.click()
  const element = page.locator(`figure#${figure}`)
  await element.locator('.figure-picture').scrollIntoViewIfNeeded()
  await element.locator('.figure-menu button:enabled').first().waitFor({ state: 'attached' })
  // The reader goes to the switch, and opens it.
  await element.getByLabel('metric').hover()
  await element.getByLabel('metric').focus()
  await page.waitForTimeout(1500)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  const times = await element.evaluate(async (here) => {
    const select = here.querySelectorAll('select')[0]!
    const start = performance.now()
    select.value = 'loss'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    const until = async (isThere: () => boolean) => {
      while (!isThere() && performance.now() - start < 60_000) await new Promise(requestAnimationFrame)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      return performance.now() - start
    }
    const first = await until(() => here.querySelector('.figure-live svg') !== null)
    const all = await until(() => !/^(training|built with)/.test(here.querySelector('.figure-badge')!.textContent))
    return { first, all }
  })
  await page.context().close()
  return times
}

const rows: string[][] = []
for (const figure of ['full-batch', 'eight-batch-sizes'])
  for (const rate of [1, 4]) {
    const times: Awaited<ReturnType<typeof answer>>[] = []
    for (let round = 0; round < 3; round++) times.push(await answer(figure, rate))
    const sorted = (key: 'first' | 'all') => times.map((one) => one[key]).toSorted((a, b) => a - b)
    rows.push([
      figure,
      `${rate}×`,
      ...[sorted('first'), sorted('all')].flatMap((all) => [short(all[1]!), `${short(all[0]!)}–${short(all[2]!)}`]),
    ])
  }
console.log(table(['figure', 'slowed', 'first picture, ms', 'of 3', 'all runs, ms', 'of 3'], rows))
await browser.close()
await server?.stop()
