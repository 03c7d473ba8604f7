/** Bindings that throw, hang, are slow or lie, around the product's bundle in Miniflare. */
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'

import { fingerprint } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { digest } from '#experiment/spec/digest.ts'
import { storeLimits } from '#experiment/spec/limits.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainNumbers } from '#training/by-engine.ts'
import { runToEnd } from '#training/progress.ts'

import { fails, hangs, startIsolates, type Entry, type Isolates } from '../support/isolates.ts'

/** The first isolate stores what the others find; a test has one to itself where the isolate remembers what has failed. */
let isolates: Isolates
const usual = 1
let alone = usual
beforeAll(async () => {
  isolates = await startIsolates({ bundle: inject('workerBundle'), count: 6 })
})
beforeEach(() => {
  for (const name of ['get', 'put', 'page'] as const) delete isolates.faults[name]
})
afterAll(() => isolates.stop())

/** Experiments that take just enough computing to be stored, another one each time. */
let seed = 0
const another = () => completeSpec({ epochs: 80, seed: ++seed })

/** Asks for an experiment, and expects its numbers to be right. Returns where they came from. */
async function askRight(spec: ExperimentSpec, of = usual): Promise<string> {
  const response = await isolates.get(`/api/experiments?${specQuery(spec)}`, {}, of)
  const result = (await response.json()) as ExperimentResult
  expect([response.status, result.fingerprint]).toEqual([200, await fingerprint(runToEnd(trainNumbers(spec)))])
  return response.headers.get('Cache-Status')!
}

/** An experiment that the first isolate has stored. */
async function storedSpec(): Promise<ExperimentSpec> {
  const spec = another()
  await askRight(spec, 0)
  await areStored([spec])
  return spec
}

/** Waits until experiments are stored, which comes after their answer. */
async function areStored(specs: readonly ExperimentSpec[]): Promise<void> {
  const keys = await Promise.all(specs.map(digest))
  await expect.poll(() => keys.filter((key) => !isolates.entries.has(key)), { timeout: 20_000 }).toEqual([])
}

/** The numbers from 1 on. */
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

it('isolates share one store', async () => {
  const spec = await storedSpec()
  expect(await askRight(spec)).toContain('detail=store')
  expect(await askRight(spec)).toContain('detail=memory')
})

it.each([
  ['throws', fails],
  ['hangs', hangs],
])('a store that %s when it is read costs one wait, and no answer', async (_, fault) => {
  const specs = [await storedSpec(), await storedSpec(), await storedSpec()]
  isolates.faults.get = fault
  alone++
  const before = isolates.asked.get
  for (const spec of specs) expect(await askRight(spec, alone)).toContain('fwd=miss')
  expect(isolates.asked.get - before).toBe(1)
})

it('a store that takes 0.9 seconds a read costs a sweep of 64 a few reads at once, and not 64 in a row', async () => {
  isolates.faults.get = async (_, read) => {
    await new Promise((resolve) => setTimeout(resolve, 900))
    return read()
  }
  alone++
  const before = isolates.asked.get
  const { seed: its } = another()
  const manyEpochs = upTo(8).map((number) => 80 + number)
  const sweep = `epochs=${manyEpochs.join()}&batchSize=${upTo(8).join()}&seed=${its}`
  const response = await isolates.get(`/api/sweep?${sweep}`, {}, alone)
  expect([response.status, (await response.json<{ rows: unknown[] }>()).rows.length]).toEqual([200, 64])
  expect(isolates.asked.get - before).toBeLessThanOrEqual(2 * storeLimits.ahead.most)
  await areStored(
    manyEpochs.flatMap((epochs) => upTo(8).map((batchSize) => completeSpec({ epochs, batchSize, seed: its }))),
  )
})

it('a sweep reads what is stored ahead, and each experiment once', async () => {
  const { epochs, seed: its } = another()
  const sweep = `batchSize=${upTo(16).join()}&epochs=${epochs}&seed=${its}`
  await (await isolates.get(`/api/sweep?${sweep}`, {}, 0)).text()
  await areStored(upTo(16).map((batchSize) => completeSpec({ batchSize, epochs, seed: its })))
  let [atOnce, most] = [0, 0]
  isolates.faults.get = async (_, read) => {
    most = Math.max(most, ++atOnce)
    await new Promise((resolve) => setTimeout(resolve, 50))
    atOnce--
    return read()
  }
  const before = isolates.asked.get
  const response = await isolates.get(`/api/sweep?${sweep}`, {}, usual)
  expect(response.headers.get('Cache-Status')).toBe('minibatch; hit; detail=store')
  await response.text()
  expect([isolates.asked.get - before, most]).toEqual([16, storeLimits.ahead.most])
})

const lies: Record<string, (entry: Entry) => Entry> = {
  'other bytes': ({ value, metadata }) => ({ value: value.map((byte) => byte ^ 1), metadata }),
  'too few bytes': ({ value, metadata }) => ({ value: value.slice(4), metadata }),
  'no bytes': ({ metadata }) => ({ value: new Uint8Array(), metadata }),
  'no metadata': ({ value }) => ({ value, metadata: null }),
  'another experiment': ({ value, metadata }) => ({
    value,
    metadata: { ...(metadata as object), digest: '0'.repeat(64) },
  }),
}
it.each(Object.keys(lies))('a store that gives %s is not believed, and is written anew', async (lie) => {
  const spec = await storedSpec()
  const key = await digest(spec)
  const entry = isolates.entries.get(key)!
  isolates.faults.get = async () => lies[lie]!(entry)
  isolates.entries.delete(key)
  expect(await askRight(spec)).toContain('fwd=miss')
  await areStored([spec])
  expect(isolates.entries.get(key)).toEqual(entry)
  // One lie after the other would be a store that has failed.
  delete isolates.faults.get
  expect(await askRight(await storedSpec())).toContain('detail=store')
})

it.each([
  ['throws', fails],
  ['hangs', hangs],
])('a store that %s when it is written to costs no answer', async (_, fault) => {
  isolates.faults.put = fault
  for (const spec of [another(), another(), another()]) {
    await askRight(spec)
    expect(await askRight(spec)).toContain('detail=memory')
  }
})

it('a store whose writes hang is given no more than the limit, and no answer says that it is stored', async () => {
  isolates.faults.put = hangs
  alone++
  const before = isolates.asked.put
  // 2.4 MB of numbers each, and enough computing to be worth them.
  const largest = completeSpec({ seeds: 200, epochs: 500, examples: 400, batchSize: 'full' })
  const start = Date.now()
  for (let number = 0; number < 4; number++) {
    const query = specQuery({ ...largest, seed: (seed += 200) })
    const response = await isolates.get(`/api/experiments?${query}&histories=0`, {}, alone)
    await response.text()
    expect(response.headers.get('Cache-Status')).toBe('minibatch; fwd=miss')
  }
  const most = Math.floor(storeLimits.pendingBytes / 2.4e6)
  // A write that hangs is given up after a while, and makes room for another.
  const givenUp = Math.floor((Date.now() - start) / storeLimits.longestWrite)
  const writes = isolates.asked.put - before
  expect([writes >= most, writes <= most * (givenUp + 1)]).toEqual([true, true])
})

it('an ASSETS that throws or hangs keeps nobody from the API', async () => {
  for (const fault of [fails, hangs]) {
    isolates.faults.page = fault
    expect((await isolates.get('/api/health', {}, usual)).status).toBe(200)
    await askRight(another())
  }
})

it('an isolate that passes the limit of its heap ends, and a test sees that', async () => {
  // Too little for it to start.
  await expect(startIsolates({ bundle: inject('workerBundle'), heapMegabytes: 1 })).rejects.toThrow(
    'The Workers runtime failed to start',
  )
})
