/**
 * What an isolate of the real workerd holds after 50,000 distinct tiny experiments and 200 distinct largest ones.
 *
 *   npm run bench:memory
 */
import { Connection } from './client.ts'
import { short, table } from './measure.ts'
import { startWorkerd } from './workerd.ts'

const worker = await startWorkerd()
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
const note = (name: string) => {
  const megabytes = worker.memory() / 2 ** 20
  start ||= megabytes
  rows.push([name, short(megabytes), short(megabytes - start)])
}
const tiny = (of: number) => `epochs=1&examples=10&seed=${of}`
await ask([0], tiny)
note('its start')
for (let part = 1; part <= 5; part++) {
  await ask(seedsFrom(part * 10_000, 10_000), tiny)
  note(`${part}0,000 tiny experiments`)
}
const largest = (of: number) =>
  `seeds=200&epochs=500&examples=10&hiddenUnits=none&histories=200&batchSize=full&seed=${of}`
for (let part = 1; part <= 4; part++) {
  await ask(seedsFrom(part * 1_000_000, 50, 200), largest)
  note(`and ${part * 50} largest, each with 200 histories`)
}
console.log('Megabytes of the whole process of workerd, with code and all garbage that nobody made it collect:\n')
console.log(table(['after', 'process', 'beyond its start'], rows))
await worker.stop()
