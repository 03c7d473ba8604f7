/** Bindings that throw, hang, are slow or lie, around the product's bundle in Miniflare. */
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'

import { fingerprint } from '#experiment/numbers.ts'
import { specQuery } from '#experiment/permalink.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec.ts'
import { toTheEnd } from '#training/progress.ts'
import { train } from '#training/train.ts'

import { fails, hangs, startIsolates, type Entry, type Isolates } from '../support/isolates.ts'

/** One isolate a test, as an isolate remembers that its store has failed. The first stores what the others find. */
let isolates: Isolates
let isolate = 0
beforeAll(async () => {
  isolates = await startIsolates({ bundle: inject('workerBundle'), count: 11 })
}, 60_000)
beforeEach(() => {
  for (const name of ['get', 'put', 'page'] as const) delete isolates.faults[name]
  isolate++
})
afterAll(() => isolates.stop())

/** Small experiments, another one each time. */
let seed = 0
const another = () => completeSpec({ epochs: 3, examples: 20, seed: ++seed })

/** Asks for an experiment, and expects its numbers to be right. Returns where they came from. */
async function askRight(spec: ExperimentSpec, of = isolate): Promise<string> {
  const response = await isolates.get(`/api/experiments?${specQuery(spec)}`, {}, of)
  const result = (await response.json()) as ExperimentResult
  expect([response.status, result.fingerprint]).toEqual([200, await fingerprint(toTheEnd(train(spec)))])
  return response.headers.get('Cache-Status')!
}

/** An experiment that the first isolate has stored. */
async function storedSpec(): Promise<ExperimentSpec> {
  const spec = another()
  const before = isolates.entries.size
  await askRight(spec, 0)
  await expect.poll(() => isolates.entries.size).toBe(before + 1)
  return spec
}

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
  const before = isolates.asked.get
  for (const spec of specs) expect(await askRight(spec)).toContain('fwd=miss')
  expect(isolates.asked.get - before).toBe(1)
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
  isolates.faults.get = async (_, read) => lies[lie]!(read()!)
  const before = isolates.asked.put
  expect(await askRight(spec)).toContain('fwd=miss')
  await expect.poll(() => isolates.asked.put).toBe(before + 1)
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

it('an ASSETS that throws or hangs keeps nobody from the API', async () => {
  for (const fault of [fails, hangs]) {
    isolates.faults.page = fault
    expect((await isolates.get('/api/health', {}, isolate)).status).toBe(200)
    await askRight(another())
  }
})

it('an isolate that passes the limit of its heap ends, and a test sees that', async () => {
  // Too little for it to start.
  await expect(startIsolates({ bundle: inject('workerBundle'), heapMegabytes: 1 })).rejects.toThrow(
    'The Workers runtime failed to start',
  )
}, 30_000)
