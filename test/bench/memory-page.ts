/**
 * Memory of the playground over a long visit: 1,000 changes of settings and 20 maps, in Chromium, against the product as
 * it is served.
 *
 *   npm run bench:memory-page            starts the product
 *   npm run bench:memory-page -- URL     asks one that runs
 *   npm run bench:memory-page -- URL 200 4   fewer changes and maps
 *
 * Heaps are those in use after two forced collections. The workers' are summed, and so are the kernel memories
 * (WebAssembly) that each holds, which its heap does not count. Nodes are those of the document and of what is not
 * collected.
 */
import type { CDPSession, Page } from 'playwright-core'

import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { table } from './measure.ts'

const [given, changesGiven = '1000', mapsGiven = '20'] = process.argv.slice(2)
const changes = Number(changesGiven)
const maps = Number(mapsGiven)
const server = given === undefined ? await startWranglerDev() : undefined
const url = given ?? server!.url
const browser = await launchChromium()

/** The worker's script begins with this, so that its memories can be asked for. */
const counting = `
const Memory = WebAssembly.Memory
const memories = []
WebAssembly.Memory = class extends Memory {
  constructor(descriptor) {
    super(descriptor)
    memories.push(new WeakRef(this))
  }
}
globalThis.memoriesInUse = () => memories.map((one) => one.deref()).filter(Boolean).map(({ buffer }) => buffer.byteLength)
`
type Counted = typeof globalThis & { memoriesInUse: () => number[] }

interface Use {
  page: number
  nodes: number
  listeners: number
  workers: number
  kernels: number
}

/** Asks a worker for the heap that is in use after a collection. */
async function heapOfWorker(targetId: string): Promise<number> {
  const whole = await browser.newBrowserCDPSession()
  const { sessionId } = await whole.send('Target.attachToTarget', { targetId })
  const ask = (id: number, method: string) =>
    new Promise<{ usedSize: number }>((resolve) => {
      whole.on('Target.receivedMessageFromTarget', ({ message }) => {
        const answer = JSON.parse(message) as { id: number; result: { usedSize: number } }
        if (answer.id === id) resolve(answer.result)
      })
      void whole.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    })
  await ask(1, 'HeapProfiler.collectGarbage')
  await ask(2, 'HeapProfiler.collectGarbage')
  const { usedSize } = await ask(3, 'Runtime.getHeapUsage')
  await whole.detach()
  return usedSize
}

async function useOf(page: Page, session: CDPSession): Promise<Use> {
  await page.waitForTimeout(1500)
  const whole = await browser.newBrowserCDPSession()
  const { targetInfos } = await whole.send('Target.getTargets', { filter: [{}] })
  await whole.detach()
  const workers = await Promise.all(
    targetInfos.filter(({ type }) => type === 'worker').map(({ targetId }) => heapOfWorker(targetId)),
  )
  const memories = await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => (globalThis as Counted).memoriesInUse())),
  )
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
  return { page: usedSize, nodes, listeners: jsEventListeners, workers: sum(workers), kernels: sum(memories.flat()) }
}

/** Moves sliders over their range, so often in all. */
async function change(page: Page, times: number): Promise<void> {
  await page.evaluate(async (count) => {
    const names = ['batchSize', 'learningRate', 'momentum', 'epochs']
    for (let index = 0; index < count; index++) {
      const slider = document.querySelector<HTMLInputElement>(
        `#set-${names[index % names.length]} ~ .setting-slider input`,
      )!
      slider.value = String(300 + ((index * 37) % 600))
      slider.dispatchEvent(new InputEvent('input', { bubbles: true }))
      slider.dispatchEvent(new Event('change', { bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }, times)
}

const pairs = [
  ['batchSize', 'learningRate'],
  ['batchSize', 'momentum'],
  ['learningRate', 'momentum'],
  ['batchSize', 'weightDecay'],
] as const

/** Shows a map in place, and waits until it is trained. */
async function showMap(page: Page, index: number): Promise<void> {
  const [columns, rows] = pairs[index % pairs.length]!
  const panel = page.locator('.map-panel')
  // Other seeds, so that no map has the runs of an earlier one.
  await page.locator('#set-seed').fill(String(index + 2))
  await panel.getByRole('combobox', { name: 'rows' }).selectOption('')
  await panel.getByRole('combobox', { name: 'columns' }).selectOption(columns)
  await panel.getByRole('combobox', { name: 'rows' }).selectOption(rows)
  await page.waitForTimeout(400)
  await panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: 60_000 })
}

const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await page.route('**/_astro/worker-*.js', async (route) => {
  const response = await route.fetch()
  await route.fulfill({ response, body: counting + (await response.text()) })
})
const session = await page.context().newCDPSession(page)
await page.goto(`${url}/playground?epochs=60`)
await page.locator('.badge').waitFor()

const looks: [when: string, use: Use][] = []
const look = async (when: string) => void looks.push([when, await useOf(page, session)])
await look('at the start')
await change(page, 20)
await look('after 20 changes')
await change(page, changes / 2 - 20)
await look(`after ${changes / 2} changes`)
await change(page, changes / 2)
await look(`after ${changes} changes`)
await page.goto(`${url}/playground?epochs=40&examples=200&vary=batchSize&mapSeeds=3`)
await page.locator('.map-panel').waitFor()
await page.locator('summary', { hasText: 'Order and seed' }).click()
await showMap(page, 0)
await look('a new visit, after a map')
for (let index = 1; index <= maps / 2; index++) await showMap(page, index)
await look(`after ${maps / 2} maps more`)
for (let index = maps / 2 + 1; index <= maps; index++) await showMap(page, index)
await look(`after ${maps} maps more`)

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2)
console.log(
  table(
    ['', 'page, MB', 'nodes', 'listeners', 'workers, MB', 'kernels, MB'],
    looks.map(([when, { page: heap, nodes, listeners, workers, kernels }]) => [
      when,
      megabytes(heap),
      String(nodes),
      String(listeners),
      megabytes(workers),
      megabytes(kernels),
    ]),
  ),
)
await browser.close()
await server?.stop()
