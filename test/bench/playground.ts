/**
 * How fast the playground answers the hand: in Chromium, against the product as it is served.
 *
 *   npm run bench:playground            starts the product
 *   npm run bench:playground -- URL     asks one that runs
 *   npm run bench:playground -- URL URL asks two in turn, to compare their work for a change
 *
 * Each slider goes over its range in 30 places. A time is from the input event to the end of the frame that paints the
 * new curve: a task that comes after that frame's callbacks. (Where a callback of a frame drew, it is the next frame's: too
 * long by one, never too short.)
 *
 * Others may use the machine: each drag is repeated, and the least and the median of the repeats are given. The work of
 * the page's own thread is counted in its processor time, which waiting for a processor does not lengthen.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import type { CDPSession, Page } from 'playwright-core'

import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { short, table } from './measure.ts'

/** Places of a slider that are visited, and how often. */
const places = 30
const repeats = 3

const [given, other] = process.argv.slice(2)
const server = given === undefined ? await startWranglerDev() : undefined
const url = given ?? server!.url
const browser = await launchChromium()

async function open(query: string, from = url): Promise<{ page: Page; session: CDPSession }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const session = await page.context().newCDPSession(page)
  await page.goto(`${from}/playground?${query}`)
  await page.waitForSelector('.setting-slider input:not([disabled])')
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.waitForTimeout(500)
  return { page, session }
}

/** What the page's own thread has worked so far, in milliseconds of processor time. */
async function worked(session: CDPSession): Promise<Record<'all' | 'script' | 'layout', number>> {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN)
  return { all: of('TaskDuration'), script: of('ScriptDuration'), layout: of('LayoutDuration') }
}

/** A drag, and what the page's thread worked meanwhile, for each place. */
async function workOf(page: Page, session: CDPSession, field: string) {
  const before = await worked(session)
  const dragged = await drag(page, field)
  const after = await worked(session)
  const each = (part: keyof typeof before) => (after[part] - before[part]) / places
  return { ...dragged, all: each('all'), script: each('script'), layout: each('layout') }
}

/** The least of some repeats, and their median. */
const leastAndMedian = (values: readonly number[]) => `${short(Math.min(...values))} / ${short(quantile(values, 0.5))}`

/** Milliseconds from a slider's input to the painted curve, at each place; and the long tasks meanwhile. */
function drag(page: Page, field: string): Promise<{ times: number[]; longest: number }> {
  return page.evaluate(
    async ([name, count]) => {
      const slider = document.querySelector<HTMLInputElement>(`#set-${name} ~ .setting-slider input`)
      if (!slider) throw new Error(`no slider for ${name}`)
      slider.closest('details')?.setAttribute('open', '')
      let longest = 0
      const tasks = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
      })
      tasks.observe({ type: 'longtask' })
      const curve = () => document.querySelector('.instrument-curves path.line.test')?.getAttribute('d')
      const times: number[] = []
      for (let place = 0; place < count; place++) {
        const before = curve()
        const valueBefore = slider.getAttribute('aria-valuetext')
        // At no fixed moment of a frame: a hand knows no frames.
        await new Promise((resolve) => setTimeout(resolve, (place * 7) % 17))
        const start = performance.now()
        const painted = await new Promise<number | undefined>((resolve) => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve(performance.now() - start)
          const observer = new MutationObserver(() => {
            if (curve() === before) return
            observer.disconnect()
            requestAnimationFrame(() => channel.port2.postMessage(null))
          })
          observer.observe(document.querySelector('.instrument-curves')!, {
            subtree: true,
            childList: true,
            attributeFilter: ['d'],
          })
          const giveUp = () => {
            observer.disconnect()
            resolve(undefined)
          }
          // The same value again has no other curve.
          setTimeout(() => slider.getAttribute('aria-valuetext') === valueBefore && giveUp(), 60)
          setTimeout(giveUp, 2000)
          slider.value = String(Math.round((1000 * place) / (count - 1)))
          slider.dispatchEvent(new InputEvent('input', { bubbles: true }))
        })
        if (painted !== undefined) times.push(painted)
      }
      slider.dispatchEvent(new Event('change', { bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve, 100))
      tasks.disconnect()
      return { times, longest }
    },
    [field, places] as const,
  )
}

/** Milliseconds from a change to all runs of an experiment. */
async function whole(page: Page, seeds: number): Promise<number> {
  return page.evaluate(async (count) => {
    const entry = document.querySelector<HTMLInputElement>('#set-seeds')!
    const start = performance.now()
    entry.value = String(count)
    entry.dispatchEvent(new InputEvent('input', { bubbles: true }))
    for (;;) {
      await new Promise(requestAnimationFrame)
      const heading = document.querySelector('.instrument h1')?.textContent ?? ''
      const badge = document.querySelector('.badge summary')?.textContent
      const isOver = !document.querySelector('.instrument-now progress') && badge !== 'training'
      if (isOver && heading.includes(`${count} seeds`)) return performance.now() - start
      if (performance.now() - start > 20_000) return NaN
    }
  }, seeds)
}

/** The longest of some interactions while 200 seeds train, in milliseconds, as the browser times events. */
async function interactions(page: Page): Promise<number> {
  await page.evaluate(() => {
    const times = ((globalThis as unknown as { times: number[] }).times = [])
    new PerformanceObserver((list) =>
      times.push(...(list.getEntries().map(({ duration }) => duration) as never[])),
    ).observe({
      type: 'event',
      durationThreshold: 16,
    } as PerformanceObserverInit)
  })
  // Not known from before: another seed each time.
  await page.click('.settings-chance summary')
  await page.click('.settings-chance .die a')
  await page.click('.settings-chance summary')
  await page.fill('#set-seeds', '200')
  for (let round = 0; round < 6; round++) {
    await page.click('.instrument-switches li:nth-child(2) a')
    await page.click('.instrument-switches li:nth-child(1) a')
  }
  return page.evaluate(() => Math.max(0, ...(globalThis as unknown as { times: number[] }).times))
}

/** The work for a change of two products, their drags in turn. */
async function compared(...products: string[]): Promise<void> {
  const opened = await Promise.all(products.map((from) => open('', from)))
  const works = opened.map((): Awaited<ReturnType<typeof workOf>>[] => [])
  for (let repeat = 0; repeat < 2 * repeats; repeat++)
    for (const [index, { page: each, session: its }] of opened.entries()) {
      await each.bringToFront()
      works[index]!.push(await workOf(each, its, repeat % 2 ? 'learningRate' : 'batchSize'))
    }
  console.log('Work of the page for a change, ms of processor time: least / median')
  console.log(
    table(
      ['product', 'all', 'script', 'layout'],
      works.map((of, index) => [
        products[index]!,
        ...(['all', 'script', 'layout'] as const).map((part) => leastAndMedian(of.map((one) => one[part]))),
      ]),
    ),
  )
  for (const { page: each } of opened) await each.close()
}

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN

if (other !== undefined) await compared(url, other)

const rows: string[][] = []
for (const rate of [1, 4])
  for (const field of ['batchSize', 'learningRate', 'momentum', 'epochs', 'examples', 'noise', 'classes']) {
    const { page, session } = await open('')
    await session.send('Emulation.setCPUThrottlingRate', { rate })
    const drags: Awaited<ReturnType<typeof workOf>>[] = []
    for (let repeat = 0; repeat < repeats; repeat++) drags.push(await workOf(page, session, field))
    rows.push([
      `${rate}×`,
      field,
      ...[0.5, 0.95, 1].map((share) => leastAndMedian(drags.map(({ times }) => quantile(times, share)))),
      ...(['longest', 'all', 'script'] as const).map((part) => leastAndMedian(drags.map((one) => one[part]))),
    ])
    await page.close()
  }
console.log(`A slider over its range, ms from the input to the painted curve: least / median of ${repeats} drags`)
console.log(table(['CPU', 'slider', 'median', '95 %', 'most', 'longest task', 'work a change', 'of it script'], rows))

const { page, session } = await open('')
const wholes: number[] = []
for (let repeat = 0; repeat < repeats; repeat++) {
  wholes.push(await whole(page, 30))
  await whole(page, 2)
}
console.log(`\n30 seeds of the default: ${leastAndMedian(wholes)} ms`)
const longest: number[] = []
for (let repeat = 0; repeat < repeats; repeat++) longest.push(await interactions(page))
console.log(`longest interaction while 200 seeds train: ${leastAndMedian(longest)} ms`)
const heap = async () => {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return short(usedSize / 1e6)
}
await page.fill('#set-seeds', '1')
const heaps = [await heap()]
for (let round = 0; round < 1000 / places; round++) {
  await drag(page, round % 2 ? 'learningRate' : 'batchSize')
  if (round % 4 === 3) heaps.push(await heap())
}
console.log(`heap over ${Math.ceil(1000 / places) * places} changes, MB: ${heaps.join(', ')}`)
await page.close()

const folder = 'site/dist/_astro'
const sizes = readdirSync(folder)
  .filter((name) => /\.(js|css|wasm)$/.test(name))
  .map((name) => ({ name, bytes: gzipSync(readFileSync(`${folder}/${name}`)).length }))
const loaded = await sizesOf()
console.log(`\nloaded by the page, gzip: ${short(loaded.reduce((sum, { bytes }) => sum + bytes, 0) / 1000)} kB`)
for (const { name, bytes } of loaded) console.log(`  ${name} ${bytes}`)

/** The files that the page loads, with the page itself. */
async function sizesOf() {
  const fresh = await browser.newPage()
  const names = new Set<string>()
  fresh.on('request', (request) => names.add(new URL(request.url()).pathname.split('/').at(-1)!))
  await fresh.goto(`${url}/playground`)
  await fresh.waitForSelector('.setting-slider input:not([disabled])')
  await fresh.waitForTimeout(1000)
  await fresh.close()
  const html = await (await fetch(`${url}/playground`)).text()
  return [{ name: 'page', bytes: gzipSync(html).length }, ...sizes.filter(({ name }) => names.has(name))]
}

await browser.close()
await server?.stop()
