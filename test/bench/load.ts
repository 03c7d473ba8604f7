/**
 * How many requests the Worker answers a second, beside a route of Hono that does nothing, in the same workerd, in turns.
 *
 *   npm run bench:load
 */
import { loadavg } from 'node:os'

import { load, type Asked } from './client.ts'
import { short, table, timesOf } from './measure.ts'
import { startWorkerd } from './workerd.ts'

const worker = await startWorkerd()
const at = (path: string) => `${worker.url}${path}`
const connections = 8
const rounds = 3
const milliseconds = 1500

/** What must be there before it is asked for again and again; its ETag, and its bytes. */
const warm = async (path: string) => {
  const response = await fetch(at(path))
  const { byteLength } = await response.arrayBuffer()
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return { etag: response.headers.get('ETag') ?? '', bytes: byteLength }
}

let seed = 1000
const one = '/api/experiments'
const largest = '/api/experiments?seeds=200&epochs=500&examples=100&hiddenUnits=none'
const { etag } = await warm(one)
const document = '/api/openapi.json'
const points = '/api/dataset?examples=5000'
const miss = () => at(`/api/experiments?histories=0&seed=${seed++}`)
let mixed = 0

/** What is asked for, and the least of the bare route's requests that it should reach. */
const cases: [name: string, asked: Asked, goal?: number][] = [
  ['bare', { url: worker.bareUrl }],
  ['304', { url: at(one), headers: { 'If-None-Match': etag } }, 0.6],
  ['health', { url: at('/api/health') }, 0.6],
  ['experiment, one run', { url: at(one) }, 0.35],
  ['experiment, 100 runs', { url: at('/api/experiments?seeds=100') }],
  ['chart', { url: at('/charts/learning-curves.svg') }, 0.25],
  ['chart, 16 experiments', { url: at('/charts/sweep.svg?batchSize=1,2,4,8,16,32,64,128&learningRate=0.01,0.02') }],
  ['openapi.json', { url: at(document) }, 0.3],
  ['bare, of its size', { url: worker.bareUrl + (await warm(document)).bytes }],
  ['dataset', { url: at('/api/dataset') }, 0.3],
  ['dataset, the largest', { url: at(points) }, 0.3],
  ['bare, as large', { url: worker.bareUrl + (await warm(points)).bytes }],
  ['CSV, one run', { url: at('/api/experiments.csv') }],
  ['card', { url: at('/cards/experiment.png') }],
  ['page', { url: at('/playground') }],
  ['stream of a hit', { url: at('/api/experiments/stream') }],
  ['miss, one run', { url: at(one), next: miss }],
  ['a miss among 20 hits', { url: at(one), next: () => (mixed++ % 20 ? at(one) : miss()) }],
]

for (const [, { url, next }] of cases) if (!next && url.startsWith(worker.url)) await warm(url.slice(worker.url.length))
const found = new Map(
  cases.map(([name]) => [name, { rates: [] as number[], costs: [] as number[], slowest: 0, bytes: 0 }]),
)
for (let round = 0; round < rounds; round++)
  for (const [name, asked] of cases) {
    const before = worker.computed()
    const begin = performance.now()
    const { times, bytes } = await load(asked, connections, milliseconds)
    const seconds = (performance.now() - begin) / 1000
    const of = found.get(name)!
    of.rates.push(times.length / seconds)
    of.costs.push((worker.computed() - before) / times.length)
    of.slowest = Math.max(
      of.slowest,
      times.reduce((most, time) => Math.max(most, time), 0),
    )
    of.bytes = bytes / times.length
  }
const median = (values: readonly number[]) => timesOf(values).median
const bare = found.get('bare')!
console.log(
  `Requests of ${connections} connections a second, the median of ${rounds} turns; computing is what workerd's process used.`,
)
console.log(`Load of the machine: ${loadavg()[0]!.toFixed(1)}.\n`)
console.log(
  table(
    ['answer', 'bytes', 'requests/s', 'of bare', 'goal', 'computing, µs', 'bare/computing', 'slowest, ms'],
    cases.map(([name, , goal]) => {
      const { rates, costs, slowest, bytes } = found.get(name)!
      return [
        name,
        short(bytes),
        short(median(rates)),
        short(median(rates) / median(bare.rates)),
        goal === undefined ? '' : String(goal),
        short(median(costs) * 1e6),
        short(median(bare.costs) / median(costs)),
        short(slowest),
      ]
    }),
  ),
)

// The costliest answers that are cached: their numbers are there, and each is put together anew.
await warm(`${largest}&histories=0`)
let histories = 0
const costliest = {
  'histories=1…200 of 200 seeds × 500 epochs': () => at(`${largest}&histories=${1 + (histories++ % 200)}`),
  'its charts of every width': () =>
    at(
      `/charts/learning-curves.svg?seeds=200&epochs=500&examples=100&hiddenUnits=none&width=${280 + (histories++ % 1300)}`,
    ),
  'its table': () => at(largest.replace('experiments?', 'experiments.csv?')),
}
console.log('\nMilliseconds of 200 cheap hits, one after the other, while 8 clients ask for the costliest:\n')
const rows: string[][] = []
for (const [name, next] of Object.entries({ nothing: undefined, ...costliest })) {
  const leaving = next && load({ url: worker.url, next }, 8, 6000)
  const times: number[] = []
  while (times.length < 200) times.push(...(await load({ url: at(one) }, 1, 1)).times)
  await leaving
  rows.push([
    name,
    short(timesOf(times).median),
    short(times.toSorted((a, b) => a - b)[197]!),
    short(Math.max(...times)),
  ])
}
console.log(table(['beside', 'median', '99 %', 'slowest'], rows))
await worker.stop()
