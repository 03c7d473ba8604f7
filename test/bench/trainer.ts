/**
 * How fast a page of the site trains: from the order to the numbers on the page's own thread, in Chromium.
 *
 *   npm run bench:trainer
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import type { Page } from 'playwright-core'

import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'

import type { createTrainer as createTrainerHere } from '../../site/src/client/trainer/trainer.ts'
import { bundle, contentType } from '../support/bundle.ts'
import { launchChromium } from '../support/chromium.ts'
import { short, table, timesOf } from './measure.ts'

declare const createTrainer: typeof createTrainerHere

const { script, files } = await bundle('trainer.browser.ts')
const browser = await launchChromium()

/** A page that has the trainer, on a machine with so many cores. */
async function open(cores: number): Promise<Page> {
  const page = await browser.newPage()
  await page.addInitScript(`Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} })`)
  await page.route('http://localhost/**', (route) => {
    const path = new URL(route.request().url()).pathname
    const body = files.get(path)
    return route.fulfill({ contentType: body ? contentType(path) : 'text/html', body: Buffer.from(body ?? '') })
  })
  await page.goto('http://localhost/')
  await page.evaluate(`import('${script}')`)
  return page
}

/** Milliseconds of whole experiments, one after the other, each with a seed of its own; and of their first piece. */
async function timeExperiments(page: Page, given: PartialSpec, rounds: number) {
  const all = await page.evaluate(
    async ([spec, count]) => {
      const trainer = createTrainer()
      const times: { first: number; all: number }[] = []
      for (let round = 0; round < count; round++) {
        const start = performance.now()
        let first = 0
        const { done } = trainer.train({ ...spec, seed: 1000 + round * 200 }, () => {
          first ||= performance.now() - start
        })
        await done
        times.push({ first, all: performance.now() - start })
      }
      return times
    },
    [completeSpec(given), rounds + 3] as const,
  )
  // The first ones compile.
  const warm = all.slice(3)
  return { cold: all[0]!, first: timesOf(warm.map(({ first }) => first)), all: timesOf(warm.map((one) => one.all)) }
}

/** Milliseconds from a new setting, given at any moment of a long training, to the numbers of its only epoch. */
function timeNewest(page: Page, rounds: number): Promise<number[]> {
  return page.evaluate(
    async ([stale, fresh, count]) => {
      const trainer = createTrainer()
      const times: number[] = []
      for (let round = 0; round < count; round++) {
        void trainer.train({ ...stale, seed: round })
        await new Promise((resolve) => setTimeout(resolve, 20 + ((round * 7.3) % 11)))
        const start = performance.now()
        await trainer.train({ ...fresh, seed: round }).done
        times.push(performance.now() - start)
      }
      return times
    },
    [completeSpec({ batchSize: 1, epochs: 2000, seeds: 50 }), completeSpec({ epochs: 1 }), rounds] as const,
  )
}

/** Trains a thousand experiments that differ in everything, some stopped half way; tells the memory now and then. */
async function changes(page: Page, tell: (changed: number) => Promise<void>): Promise<void> {
  const variants: PartialSpec[] = [
    { batchSize: 1, epochs: 400 },
    { hiddenUnits: '128-128' },
    { examples: 5000, seeds: 3 },
    { classes: 10, activation: 'tanh' },
    { dataset: 'moons', seeds: 10 },
    {},
  ]
  const specs = variants.map((given) => completeSpec({ epochs: 60, ...given }))
  for (let changed = 0; changed <= 1000; changed += 100) {
    await tell(changed)
    await page.evaluate(
      async ([all, from]) => {
        const kept = globalThis as unknown as { trainer?: ReturnType<typeof createTrainerHere> }
        const trainer = (kept.trainer ??= createTrainer())
        for (let change = from; change < from + 100; change++) {
          const spec = { ...all[change % all.length]!, seed: change, datasetSeed: change % 30 }
          const { done } = trainer.train(spec)
          void trainer.boundaryAt(spec, { epoch: 10 })
          void trainer.stepAt(spec, { epoch: 10 })
          if (change % 3) await new Promise((resolve) => setTimeout(resolve, 5))
          else await done
        }
      },
      [specs, changed] as const,
    )
  }
}

async function collectGarbage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
}

/** The process that runs a page and its workers: the renderer that was busy last. */
async function processOf(page: Page): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const renderers = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return processInfo.filter(({ type }) => type === 'renderer')
  }
  const before = new Map((await renderers()).map(({ id, cpuTime }) => [id, cpuTime]))
  await timeExperiments(page, { seeds: 10 }, 1)
  const spent = (await renderers()).map(({ id, cpuTime }) => ({ id, time: cpuTime - (before.get(id) ?? 0) }))
  await session.detach()
  return spent.toSorted((a, b) => b.time - a.time)[0]!.id
}

/** Megabytes that a process has for itself (Linux). */
function megabytes(pid: number): number {
  return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
}

/** A table of several experiments. */
async function measure(page: Page, experiments: readonly (readonly [string, PartialSpec, number])[]): Promise<string> {
  const rows: string[][] = []
  for (const [name, given, rounds] of experiments) {
    const { cold, first, all } = await timeExperiments(page, given, rounds)
    rows.push([name, line(first), line(all), short(cold.all)])
  }
  return table(['experiment', 'first piece', 'whole', 'the first time'], rows)
}

const line = ({ min, median }: { min: number; median: number }) => `${short(min)} (${short(median)})`
const page = await open(2)
console.log('Milliseconds from the order to the numbers, one worker: minimum (median)\n')
console.log(
  await measure(page, [
    ['default', {}, 60],
    ['default, 30 seeds', { seeds: 30 }, 10],
    ['batch size 1, 2000 epochs', { batchSize: 1, epochs: 2000 }, 5],
    ['128-128-128', { hiddenUnits: '128-128-128' }, 3],
  ]),
)
console.log(`\nA new setting amid a long training: ${line(timesOf(await timeNewest(page, 100)))} ms to its first epoch`)

const pid = await processOf(page)
const levels: string[] = []
await changes(page, async (changed) => {
  await collectGarbage(page)
  levels.push(`${changed}: ${megabytes(pid).toFixed(0)}`)
})
console.log(`\nMegabytes of the page and its worker after so many changes: ${levels.join(', ')}`)

const sizes = [...files].map(([path, body]) => `${path.split('/').at(-1)} ${gzipSync(body, { level: 9 }).length}`)
console.log(`\nBytes with gzip: ${sizes.join(', ')}`)
await browser.close()
