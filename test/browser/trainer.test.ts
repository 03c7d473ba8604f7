import { gzipSync } from 'node:zlib'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { readSpec } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

import type {
  canTrain as canTrainHere,
  createTrainer as createTrainerHere,
} from '../../site/src/client/trainer/trainer.ts'
import golden from '../golden/fingerprints.json'
import { bundle, contentType, type Bundle } from '../support/bundle.ts'
import { launchChromium } from '../support/chromium.ts'

declare const canTrain: typeof canTrainHere
declare const createTrainer: typeof createTrainerHere

const served = inject('served')
let browser: Browser
let trainer: Bundle
/** The headers of the site's scripts, web workers among them. */
let headers: Record<string, string>

beforeAll(async () => {
  browser = await launchChromium()
  trainer = await bundle('trainer.browser.ts')
  const { headers: given } = await fetch(`${served}/_astro/any.js`)
  headers = Object.fromEntries(given)
  expect(headers['content-security-policy']).toContain("'wasm-unsafe-eval'")
}, 90_000)
afterAll(() => browser.close())

/** A page of the site, under its own policy, that has the trainer; and what the browser complains about. */
async function open(missing: (path: string) => boolean = () => false): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.route(`${served}/_astro/**`, (route) => {
    const path = new URL(route.request().url()).pathname
    const body = trainer.files.get(path)
    if (missing(path)) return route.abort()
    if (body === undefined) return route.continue()
    const own = { 'Content-Security-Policy': headers['content-security-policy']!, 'Content-Type': contentType(path) }
    return route.fulfill({ headers: own, body: Buffer.from(body) })
  })
  await page.goto(`${served}/api`)
  await page.evaluate(`import('${trainer.script}')`)
  return { page, complaints }
}

const specOf = (query: string) => readSpec(new URLSearchParams(query), {}, 'refuse').spec

describe('a page of the site', () => {
  it('trains in its web workers, under its own policy, and gives the golden fingerprints', async () => {
    const { page, complaints } = await open()
    expect(await page.evaluate(() => canTrain())).toBe(true)
    const queries = Object.keys(golden.experiments)
    const found = await page.evaluate(async (specs: ExperimentSpec[]) => {
      const one = createTrainer()
      const fingerprints: string[] = []
      for (const spec of specs) fingerprints.push((await one.train(spec).done)!.fingerprint)
      return fingerprints
    }, queries.map(specOf))
    expect(Object.fromEntries(queries.map((query, index) => [query, found[index]]))).toEqual(golden.experiments)
    expect(complaints).toEqual([])
    await page.close()
  }, 60_000)

  it('gives the Worker’s boundary', async () => {
    const { page } = await open()
    const expected = await (await fetch(`${served}/api/boundary?batchSize=8&epochs=60`)).json()
    const spec = specOf('batchSize=8&epochs=60')
    expect(await page.evaluate((given) => createTrainer().boundaryAt(given, { epoch: 60 }), spec)).toEqual(expected)
    await page.close()
  }, 60_000)

  it('gives the Worker’s noise of the gradient, to the last digit', async () => {
    const { page } = await open()
    for (const query of ['batchSize=8&epochs=60', 'optimizer=adam&hiddenUnits=9-5&activation=tanh&epochs=20']) {
      const answer = await (await fetch(`${served}/api/gradient-noise?${query}`)).json()
      const { definitions, ...expected } = answer as { definitions: object }
      expect(Object.keys(definitions)).toContain('noiseScale')
      expect(await page.evaluate((given) => createTrainer().noiseOf(given), specOf(query))).toEqual(expected)
    }
    await page.close()
  }, 60_000)

  it('leaves stale work within a slice, though minutes of it are under way', async () => {
    const { page } = await open()
    const waits = await page.evaluate(
      async ([stale, fresh]) => {
        const one = createTrainer()
        await one.train(fresh!).done
        const all: number[] = []
        for (let turn = 0; turn < 20; turn++) {
          await new Promise<void>((resolve) => one.train({ ...stale!, seed: turn }, () => resolve()))
          const start = performance.now()
          await one.train({ ...fresh!, seed: turn }).done
          all.push(performance.now() - start)
        }
        return all.toSorted((a, b) => a - b)
      },
      [completeSpec({ batchSize: 1, epochs: 2000, seeds: 50 }), completeSpec({ epochs: 1 })],
    )
    console.log(`the newest after stale work: ${waits[10]!.toFixed(1)} ms, at most ${waits[19]!.toFixed(1)} ms`)
    // A slice of 8 ms, and what else the machine has to do.
    expect(waits[10]).toBeLessThan(100)
    await page.close()
  }, 60_000)

  it.each([
    ['script', (path: string) => path.includes('worker')],
    ['kernel', (path: string) => path.endsWith('.wasm')],
  ])(
    'whose workers miss their %s is told so',
    async (_, missing) => {
      const { page } = await open(missing)
      const failure = await page.evaluate(
        (spec) =>
          createTrainer()
            .train(spec)
            .done.then(() => 'trained', String),
        completeSpec({}),
      )
      expect(failure).toMatch(/^TrainerError: this browser’s workers do not train: /)
      await page.close()
    },
    60_000,
  )

  it('starts a worker that throws once more, and trains on', async () => {
    const { page } = await open()
    const spec = specOf('seeds=3')
    const train = () =>
      page.evaluate(async (given) => {
        const state = globalThis as unknown as { trainer?: ReturnType<typeof createTrainerHere> }
        state.trainer ??= createTrainer()
        return (await state.trainer.train(given).done)!.fingerprint
      }, spec)
    const expected = await train()
    const [first] = page.workers()
    await first!.evaluate(
      () => void setTimeout(() => Promise.reject(new Error('gone')).catch((error) => reportError(error))),
    )
    await expect.poll(() => page.workers().includes(first!)).toBe(false)
    expect(await train()).toBe(expected)
    await page.close()
  }, 60_000)

  it.each([
    ['module workers', `globalThis.Worker = class { constructor() { throw new Error() } }`],
    ['SIMD', `WebAssembly.validate = () => false`],
    ['SHA-256', `Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })`],
  ])(
    'without %s knows that it cannot',
    async (_, without) => {
      const { page } = await open()
      await page.evaluate(without)
      expect(await page.evaluate(() => canTrain())).toBe(false)
      await page.close()
    },
    60_000,
  )

  it('loads neither schemas nor TensorFlow.js to train, and at most 30.7 kB', () => {
    // The tables are loaded when a spec asks for one.
    const files = [...trainer.files].filter(([path]) => !path.endsWith('.bin'))
    const sizes = files.map(([path, body]) => [path, gzipSync(body, { level: 9 }).length] as const)
    console.log(`gzip: ${sizes.map(([path, size]) => `${path} ${size}`).join(', ')}`)
    expect(sizes).toHaveLength(3)
    expect(sizes.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(30_700)
    for (const [, body] of files) expect(body.toString()).not.toMatch(/zod|tensorflow|tfjs/i)
  })
})
