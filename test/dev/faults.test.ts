/** A bad day: the isolate ends in the middle of a training, or of a write, and a new one starts on what it left. */
import { globSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

import { EventSource } from 'eventsource'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

import { fingerprint } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainNumbers } from '#training/by-engine.ts'
import { runToEnd } from '#training/progress.ts'

import { startWranglerDev, type WranglerDev } from '../support/wrangler-dev.ts'

let dev: WranglerDev
beforeAll(async () => {
  dev = await startWranglerDev({ builds: false, isMortal: true })
}, 60_000)
afterAll(() => dev.stop())

/** Starts it on what an earlier one left, at the same address. */
async function startAgain(): Promise<void> {
  const { url, state } = dev
  dev = await startWranglerDev({ builds: false, isMortal: true, state, port: Number(new URL(url).port) })
}

const ask = (spec: ExperimentSpec) => fetch(`${dev.url}/api/experiments?histories=0&${specQuery(spec)}`)
/** What an experiment must give. */
const honest = (spec: ExperimentSpec) => fingerprint(runToEnd(trainNumbers(spec)))

/** That an answer is whole and right, and where it came from. */
async function expectRight(spec: ExperimentSpec, response: Response): Promise<string> {
  const result = (await response.json()) as ExperimentResult
  expect([response.status, result.fingerprint]).toEqual([200, await honest(spec)])
  return response.headers.get('Cache-Status')!
}

it('one that ends during a training leaves nothing, and a stream goes on by its id in the next', async () => {
  const spec = completeSpec({ batchSize: 4, seeds: 60, seed: 1 })
  const places: number[] = []
  const source = new EventSource(`${dev.url}/api/experiments/stream?histories=0&${specQuery(spec)}`)
  let killed = 0
  const result = new Promise<ExperimentResult>((resolve) => {
    source.addEventListener('result', ({ data }) => resolve(JSON.parse(data as string) as ExperimentResult))
  })
  const some = new Promise<void>((resolve) => {
    source.addEventListener('progress', ({ data }) => {
      const { run, epoch } = JSON.parse(data as string) as { run: number; epoch: number }
      places.push(run * spec.epochs + epoch)
      if (places.length === 8) resolve()
    })
  })
  await some
  // One who asks without a stream is told, too: the connection breaks, and no answer looks like one.
  const broken = ask(spec).then(
    (response) => response.text(),
    (error: unknown) => error,
  )
  await dev.kill()
  killed = places.length
  expect(await broken).toBeInstanceOf(Error)
  await startAgain()
  const { fingerprint: came } = await result
  source.close()
  expect(came).toBe(await honest(spec))
  expect(places.length).toBeGreaterThan(killed)
  // Nothing was heard twice: the second training began anew, and told what came after.
  expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b))
}, 120_000)

it('one that ends during a write leaves nothing that is served half', async () => {
  const specs = [0, 1, 2, 3, 4, 5].map((index) =>
    completeSpec({ seeds: 200, epochs: 500, examples: 400, batchSize: 'full', seed: 1000 * index }),
  )
  // Answers come before the numbers are kept, 2.4 MB each: it ends when some are, and others are not.
  const first = Promise.allSettled(specs.map(ask))
  const kept = () => globSync(join(dev.state, '**/blobs/*')).filter((file) => statSync(file).size > 2e6)
  await vi.waitFor(() => expect(kept()).not.toEqual([]), { timeout: 60_000, interval: 10 })
  await dev.kill()
  await first
  // And where half of a value is there, which no test can have the store do at its bidding.
  const halved = kept()
  for (const file of halved) truncateSync(file, 1e6)
  await startAgain()
  let misses = 0
  for (const spec of specs) if ((await expectRight(spec, await ask(spec))).includes('fwd=miss')) misses++
  expect(misses).toBeGreaterThanOrEqual(halved.length)
  // Each was kept anew, whole.
  await vi.waitFor(() => expect(kept().length).toBeGreaterThanOrEqual(specs.length), { timeout: 10_000 })
}, 120_000)
