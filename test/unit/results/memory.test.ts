/** What an isolate remembers is counted as what it truly holds. `npm run bench:memory` fills a real one. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { expect, it } from 'vitest'

import type { Boundary } from '#experiment/result/boundary.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { BoundaryCache } from '#results/boundaries.ts'
import { KvStore } from '#results/kv-store.ts'
import { Results } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'
import type { Progress } from '#training/progress.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const megabyte = 2 ** 20

/** Bytes that are in use, in the heap and beside it. */
async function used(): Promise<number> {
  await Promise.all(writes.splice(0))
  for (let round = 0; round < 4; round++) {
    // Buffers are freed some time after what held them.
    await new Promise((resolve) => setTimeout(resolve, 10))
    collect()
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** A store that forgets everything. */
const namespace = { getWithMetadata: async () => ({ value: null, metadata: null }), put: async () => {} }
/** Writes that are under way: what they hold is no memory of results. */
const writes: Promise<unknown>[] = []
const caller = {
  store: new KvStore(namespace as unknown as KVNamespace),
  admit: async () => {},
  mayStore: () => true,
  waitUntil: (write: Promise<unknown>) => void writes.push(write),
}

/** Megabytes that results hold after so many different experiments. */
async function heldAfter(count: number, given: PartialSpec): Promise<number> {
  const results = new Results(new Trainings(), function* train(spec) {
    if (spec.seed < 0) yield {} as Progress
    return emptyNumbers(spec)
  })
  const before = await used()
  for (let seed = 0; seed < count; seed++) await results.get(completeSpec({ ...given, seed }), caller)
  const held = (await used()) - before
  // It is still in use here.
  expect((await results.get(completeSpec({ ...given, seed: count - 1 }), caller)).source).toBe('memory')
  return held / megabyte
}

it('20,000 distinct tiny experiments are held in the 16 MB that results may take', async () => {
  const held = await heldAfter(20_000, { epochs: 1, examples: 10 })
  expect(held).toBeLessThan(16)
  expect(held).toBeGreaterThan(4)
}, 60_000)

it('40 distinct largest experiments are held in them, too', async () => {
  const held = await heldAfter(40, { epochs: 500, seeds: 200, hiddenUnits: 'none' })
  expect(held).toBeLessThan(17)
  expect(held).toBeGreaterThan(8)
}, 60_000)

it('1,000 distinct boundaries are held in 4 MB', async () => {
  const extent: Boundary['extent'] = { x: [0, 1], y: [0, 1] }
  const create = () =>
    new BoundaryCache(new Trainings(), function* train({ seed }) {
      if (seed < 0) yield {} as Progress
      const cells = Array.from({ length: 10_000 }, (_, place) => place % 3)
      return { columns: 100, rows: 100, extent, classes: cells, confidences: [...cells] }
    })
  // What compresses them loads once, and takes some megabytes itself.
  const others = create()
  for (let seed = 0; seed < 200; seed++) await others.get(completeSpec({ seed }), caller)
  const boundaries = create()
  const before = await used()
  for (let seed = 0; seed < 1000; seed++) await boundaries.get(completeSpec({ seed }), caller)
  const held = ((await used()) - before) / megabyte
  expect((await boundaries.get(completeSpec({ seed: 999 }), caller)).source).toBe('memory')
  expect((await others.get(completeSpec({ seed: 199 }), caller)).source).toBe('memory')
  expect(held).toBeLessThan(4.5)
  expect(held).toBeGreaterThan(1)
}, 60_000)
