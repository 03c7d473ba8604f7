/**
 * How soon a figure answers a switch, and what a step of its cursor costs: in Chromium, against the product as it is
 * served.
 *
 *   npm run bench:figures            starts the product
 *   npm run bench:figures -- URL     asks one that runs
 *
 * A time is from the change of a switch, the first that the reader makes in the figure, to the end of the frame that
 * paints the picture: a task that comes after that frame's callbacks; and likewise until all runs are in it. Of a step it
 * is the time of the page's own thread, beside that of as many frames in which nothing happens.
 */
import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { short, table, timesOf } from './measure.ts'

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
    const isThere = {
      first: () => here.querySelector('.figure-live svg') !== null,
      all: () => !/^(training|built with)/.test(here.querySelector('.figure-badge')!.textContent),
    }
    const start = performance.now()
    const painted = (what: keyof typeof isThere) =>
      new Promise<number>((resolve) => {
        // What is there when a frame's callbacks run is in its picture. Asked for before the page asks for its own, the
        // message comes right after the frame, before what the page has put off until then.
        const channel = new MessageChannel()
        let isPainted = false
        const frame = () => {
          isPainted = isThere[what]()
          channel.port2.postMessage(null)
        }
        channel.port1.onmessage = () => {
          if (isPainted) resolve(performance.now() - start)
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
        setTimeout(() => resolve(NaN), 60_000)
      })
    const painting = [painted('first'), painted('all')] as const
    select.value = 'loss'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    const [first, all] = await Promise.all(painting)
    return { first, all }
  })
  await page.context().close()
  return times
}

/** How often each answer is timed. */
const rounds = 5

const rows: string[][] = []
for (const figure of ['full-batch', 'eight-batch-sizes'])
  for (const rate of [1, 4]) {
    const times: Awaited<ReturnType<typeof answer>>[] = []
    for (let round = 0; round < rounds; round++) times.push(await answer(figure, rate))
    const sorted = (key: 'first' | 'all') => times.map((one) => one[key]).toSorted((a, b) => a - b)
    rows.push([
      figure,
      `${rate}×`,
      ...[sorted('first'), sorted('all')].flatMap((all) => [
        short(all[(rounds - 1) / 2]!),
        `${short(all[0]!)}–${short(all.at(-1)!)}`,
      ]),
    ])
  }
console.log(table(['figure', 'slowed', 'first picture, ms', `of ${rounds}`, 'all runs, ms', `of ${rounds}`], rows))

/** What Chromium counts of a page's thread, by its names. */
const counted = ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'] as const
const steps = 15

/** Milliseconds of a step of the cursor, and of none, on a phone that is four times as slow: the medians, by what was done. */
async function step(figure: string): Promise<{ none: number[]; one: number[] }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 })
  const page = await context.newPage()
  // Without a trainer in the page, whose results come in meanwhile and are drawn, too.
  await page.addInitScript('WebAssembly.validate = () => false')
  await page.goto(`${url}/figures`)
  const element = page.locator(`#${figure}`)
  await element.locator('.figure-picture').scrollIntoViewIfNeeded()
  await element.getByRole('slider').focus()
  await element.locator('.figure-live').waitFor()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const spent = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return counted.map((name) => 1000 * metrics.find((metric) => metric.name === name)!.value)
  }
  const take = async (isStep: boolean) => {
    const before = await spent()
    await element.getByRole('slider').evaluate(async (slider: HTMLInputElement, isOne) => {
      if (isOne) {
        slider.stepUp()
        slider.dispatchEvent(new Event('input', { bubbles: true }))
      }
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    }, isStep)
    return (await spent()).map((value, index) => value - before[index]!)
  }
  const taken = { none: [] as number[][], one: [] as number[][] }
  for (let turn = 0; turn < steps; turn++) {
    taken.none.push(await take(false))
    taken.one.push(await take(true))
  }
  await context.close()
  const medians = (all: number[][]) => counted.map((_, index) => timesOf(all.map((times) => times[index]!)).median)
  return { none: medians(taken.none), one: medians(taken.one) }
}

const costs: string[][] = []
for (const figure of ['one-run', 'many-seeds', 'panels', 'panels-seeds', 'map']) {
  const { none, one } = await step(figure)
  costs.push([figure, ...one.map(short), short(none[0]!)])
}
console.log(`\n${table(['figure, 4× slowed', 'a step, ms', 'of it script', 'style', 'layout', 'no step, ms'], costs)}`)
await browser.close()
await server?.stop()
