/** The playground's memory stays level, however often its settings are changed. */
import type { CDPSession, Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { open, openPanel, sharedBrowser, taken } from '../support/playground-page.ts'

const { browser, newPage } = sharedBrowser()

/** What the worker's memories are is asked of the worker itself: its script begins with this. */
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

/** Bytes of the page's heap that are in use after a collection. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

/** The same of the page's worker, and of the memories that its trainings have. */
async function workerOf(page: Page): Promise<{ heap: number; memories: number[] }> {
  const whole = await browser().newBrowserCDPSession()
  const { targetInfos } = await whole.send('Target.getTargets', { filter: [{}] })
  const target = targetInfos.find(({ type }) => type === 'worker')
  expect(target).toBeDefined()
  const { sessionId } = await whole.send('Target.attachToTarget', { targetId: target!.targetId })
  const ask = (id: number, method: string) =>
    new Promise<{ usedSize: number }>((resolve) => {
      whole.on('Target.receivedMessageFromTarget', ({ message }) => {
        const answer = JSON.parse(message) as { id: number; result: { usedSize: number } }
        if (answer.id === id) resolve(answer.result)
      })
      void whole.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    })
  await ask(1, 'HeapProfiler.collectGarbage')
  const { usedSize } = await ask(2, 'Runtime.getHeapUsage')
  await whole.detach()
  const memories = await page.workers()[0]!.evaluate(() => (globalThis as Counted).memoriesInUse())
  return { heap: usedSize, memories }
}

/** Changes a setting by its slider, so often, and waits for what the last change is trained to. */
async function change(page: Page, times: number): Promise<void> {
  for (const [field, share] of [
    ['batchSize', 0.5],
    ['learningRate', 0.25],
    ['momentum', 0.25],
  ] as const)
    await page.evaluate(
      async ([name, count]) => {
        const slider = document.querySelector<HTMLInputElement>(`#set-${name} ~ .setting-slider input`)!
        for (let place = 0; place < count; place++) {
          slider.value = String(300 + Math.round((600 * place) / count))
          slider.dispatchEvent(new InputEvent('input', { bubbles: true }))
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
        slider.dispatchEvent(new Event('change', { bubbles: true }))
      },
      [field, times * share] as const,
    )
}

/** Steps through the run by update, with slow motion open: each shows the gradients of a batch. */
async function step(page: Page, times: number): Promise<void> {
  const back = page.getByRole('button', { name: 'an update back' }).first()
  for (let update = 0; update < times; update++) {
    await back.click()
    await page.locator('.slow-motion-pictures').waitFor({ timeout: 10_000 })
  }
}

it('over 200 changes and 40 updates in slow motion, in the page and in its worker', async () => {
  const { page } = await newPage()
  await page.route('**/_astro/worker-*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: counting + (await response.text()) })
  })
  const session = await page.context().newCDPSession(page)
  await open(page, '?epochs=60')
  await taken(page)
  await openPanel(page, 'One update')
  await page.getByLabel('step').first().selectOption('update')
  const looks: { page: number; worker: number; memories: number[] }[] = []
  for (let round = 0; round < 5; round++) {
    await change(page, 40)
    await step(page, 8)
    const worker = await workerOf(page)
    looks.push({ page: await heapOf(session), worker: worker.heap, memories: worker.memories })
  }
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2)
  const sum = (values: number[]) => values.reduce((all, one) => all + one, 0)
  console.log(
    looks
      .map(
        (look) =>
          `page ${megabytes(look.page)}, worker ${megabytes(look.worker)}, kernel ${megabytes(sum(look.memories))} in ${look.memories.length}`,
      )
      .join('; '),
  )
  // The first round fills what is remembered: shapes, datasets, recordings.
  const [, second, , , last] = looks
  expect(last!.page).toBeLessThan(second!.page + 1e6)
  expect(last!.worker).toBeLessThan(second!.worker + 1e6)
  expect(last!.memories.length).toBeLessThanOrEqual(8)
  expect(sum(last!.memories)).toBeLessThan(sum(second!.memories) + 1e6)
  await page.context().close()
}, 180_000)
