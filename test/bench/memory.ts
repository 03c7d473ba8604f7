/**
 * What an isolate of the real workerd holds after 50,000 distinct tiny experiments and 200 distinct largest ones.
 *
 *   npm run bench:memory
 */
import { Connection } from './client.ts'
import { short, table } from './measure.ts'
import { startWorkerd } from './workerd.ts'

const worker = await startWorkerd({ isInspected: true })
const inspect = await worker.inspector()

/** What the isolate holds once its garbage is collected, in bytes: its heap, and the buffers beside it. */
async function held(): Promise<{ heap: number; buffers: number }> {
  // Buffers are freed after what held them.
  for (let round = 0; round < 3; round++) await inspect('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } =
    await inspect<Record<'usedSize' | 'backingStorageSize', number>>('Runtime.getHeapUsage')
  return { heap: usedSize, buffers: backingStorageSize }
}

/** Asks for an experiment of each seed, four at a time. */
async function ask(seeds: Iterable<number>, query: (seed: number) => string): Promise<void> {
  // Shared: each seed is taken once.
  const left = Array.from(seeds).values()
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      const connection = await Connection.to(worker.url)
      for (const seed of left) await connection.ask({ url: `${worker.url}/api/experiments?${query(seed)}` })
      connection.close()
    }),
  )
}

function* seedsFrom(first: number, count: number, step = 1): Generator<number> {
  for (let index = 0; index < count; index++) yield first + index * step
}

const rows: string[][] = []
let start = 0
const note = async (name: string) => {
  // Before anything is collected: what the machine saw.
  const whole = worker.memory()
  const { heap, buffers } = await held()
  start ||= heap + buffers
  const megabytes = (bytes: number) => short(bytes / 2 ** 20)
  rows.push([name, megabytes(heap), megabytes(buffers), megabytes(heap + buffers - start), megabytes(whole)])
}
const tiny = (of: number) => `epochs=1&examples=10&seed=${of}`
await ask([0], tiny)
await note('its start')
for (let part = 1; part <= 5; part++) {
  await ask(seedsFrom(part * 10_000, 10_000), tiny)
  await note(`${part}0,000 tiny experiments`)
}
const largest = (of: number) =>
  `seeds=200&epochs=500&examples=10&hiddenUnits=none&histories=200&batchSize=full&seed=${of}`
for (let part = 1; part <= 4; part++) {
  await ask(seedsFrom(part * 1_000_000, 50, 200), largest)
  await note(`and ${part * 50} largest, each with 200 histories`)
}
console.log(
  'Megabytes that the isolate holds once its garbage is collected; the process is all of workerd before that, with',
)
console.log('the code, the store that stands in for KV, and what the allocator does not give back:\n')
console.log(table(['after', 'heap', 'buffers', 'held beyond its start', 'process'], rows))
await worker.stop()
