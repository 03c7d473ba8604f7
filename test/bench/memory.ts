/**
 * What an isolate of the real workerd holds: while it answers many requests for its largest answers at once, and after
 * 50,000 distinct tiny experiments and 200 distinct largest ones.
 *
 *   npm run bench:memory                 both
 *   npm run bench:memory -- parallel     the first alone
 */
import { largeAnswers } from '../support/large-answers.ts'
import { Connection } from './client.ts'
import { short, table } from './measure.ts'
import { startWorkerd } from './workerd.ts'

let worker = await startWorkerd({ isInspected: true, isLasting: true })
let inspect = await worker.inspector()

/** Has it answer something, which is not what is waited for. */
async function isAtWork(): Promise<false> {
  await (await fetch(`${worker.url}/api/health`)).text()
  return false
}

/** What the isolate holds once its garbage is collected, in bytes: its heap, and the buffers beside it. */
async function held(): Promise<{ heap: number; buffers: number }> {
  // Buffers are freed after what held them.
  for (let round = 0; round < 3; round++) {
    const collected = inspect('HeapProfiler.collectGarbage').then(() => true)
    // workerd collects when it is at work.
    while (!(await Promise.race([collected, isAtWork()])));
  }
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

/** Asks for something at once, so many times, and reads all of it. Returns how many were refused for now. */
async function askAtOnce(path: (index: number) => string, count: number): Promise<number> {
  const statuses = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const response = await fetch(worker.url + path(index))
      for await (const _chunk of response.body!);
      return response.status
    }),
  )
  return statuses.filter((status) => status === 503).length
}

/** The most that the isolate holds while something runs, with its garbage collected. */
async function mostWhile(work: Promise<unknown>): Promise<number> {
  let most = 0
  // Collecting all the time, it would get nothing else done.
  const pause = () => new Promise<'goes on'>((resolve) => setTimeout(() => resolve('goes on'), 300))
  const end = work.then(() => 'over')
  while ((await Promise.race([end, pause()])) !== 'over') {
    const collected = inspect('HeapProfiler.collectGarbage').then(() => true)
    while (!(await Promise.race([collected, isAtWork()])));
    const { usedSize, backingStorageSize } =
      await inspect<Record<'usedSize' | 'backingStorageSize', number>>('Runtime.getHeapUsage')
    most = Math.max(most, usedSize + backingStorageSize)
  }
  return most
}

const megabytes = (bytes: number) => short(bytes / 2 ** 20)

async function measureParallel(): Promise<void> {
  const counts = [1, 10, 50, 100]
  const rows: string[][] = []
  for (const [name, { warm, path }] of Object.entries(largeAnswers(200))) {
    await (await fetch(worker.url + warm)).arrayBuffer()
    const row = [name]
    let refused = 0
    for (const count of counts) {
      const asked = askAtOnce(path, count)
      row.push(megabytes(await mostWhile(asked)))
      refused += await asked
    }
    rows.push([...row, String(refused)])
    console.error(rows.at(-1)!.join(' | '))
  }
  console.log('Megabytes that the isolate holds while it answers so many requests at once, garbage collected:\n')
  console.log(table(['answer', ...counts.map(String), 'refused for now'], rows))
}

async function measureAfter(): Promise<void> {
  const rows: string[][] = []
  let start = 0
  const note = async (name: string) => {
    // Before anything is collected: what the machine saw.
    const whole = worker.memory()
    const { heap, buffers } = await held()
    start ||= heap + buffers
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
}

await measureParallel()
await worker.stop()
if (process.argv[2] !== 'parallel') {
  worker = await startWorkerd({ isInspected: true })
  inspect = await worker.inspector()
  await measureAfter()
  await worker.stop()
}
