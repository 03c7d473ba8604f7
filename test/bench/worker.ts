/**
 * How fast the Worker answers in the real workerd, timed from outside, beside the same training in Node.
 *
 *   npm run bench:worker
 */
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { trainNumbers } from '#training/by-engine.ts'
import { FusedNetwork } from '#training/fused/network.ts'

import { short, table, timesOf } from './measure.ts'
import { startWorkerd } from './workerd.ts'

const worker = await startWorkerd()
let nextSeed = 1
const query = (given: PartialSpec) => `histories=0&${specQuery(completeSpec(given))}`

/** Milliseconds of an answer. */
async function ask(given: PartialSpec): Promise<number> {
  const start = performance.now()
  const response = await fetch(`${worker.url}/api/experiments?${query(given)}`)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${query(given)}: ${response.status}`)
  return performance.now() - start
}

/** Milliseconds of the same in Node. */
function answerHere(given: PartialSpec): number {
  const start = performance.now()
  const spec = completeSpec(given)
  const training = trainNumbers(spec)
  let slice = training.next()
  while (!slice.done) slice = training.next()
  JSON.stringify(deriveResult(spec, { digest: '', fingerprint: '', numbers: slice.value }, { histories: 0 }))
  return performance.now() - start
}

/** Milliseconds of the kernel alone. */
function kernelAlone(given: PartialSpec): () => number {
  const spec = completeSpec(given)
  const network = new FusedNetwork(spec, splitDataset(makeDataset(spec)))
  return () => {
    network.begin(1)
    const start = performance.now()
    network.advance(1e9)
    return performance.now() - start
  }
}

/** A seed that was not used before: a miss. */
const fresh = (seeds = 1) => {
  nextSeed += seeds
  return nextSeed - seeds
}

const rows: string[][] = []
for (const batchSize of [1, 4, 8, 16, 32, 64, 128, 256, 450, 'full'] as const) {
  const kernel = kernelAlone({ batchSize })
  const all: Record<'kernel' | 'here' | 'many' | 'miss' | 'hit', number[]> = {
    kernel: [],
    here: [],
    many: [],
    miss: [],
    hit: [],
  }
  for (let round = 0; round < 14; round++) {
    const seed = fresh(20)
    all.kernel.push(kernel())
    all.here.push(answerHere({ batchSize, seed, seeds: 20 }) / 20)
    all.many.push((await ask({ batchSize, seed, seeds: 20 })) / 20)
    const one = fresh()
    all.miss.push(await ask({ batchSize, seed: one }))
    all.hit.push(await ask({ batchSize, seed: one }))
  }
  const of = Object.fromEntries(Object.entries(all).map(([name, times]) => [name, timesOf(times.slice(2))])) as Record<
    keyof typeof all,
    { min: number; median: number }
  >
  const cell = ({ min, median }: { min: number; median: number }) => `${short(min)} (${short(median)})`
  rows.push([
    String(batchSize),
    cell(of.here),
    cell(of.many),
    (of.many.min / of.here.min).toFixed(2),
    cell(of.kernel),
    cell(of.miss),
    (of.miss.min / of.kernel.min).toFixed(2),
    cell(of.hit),
  ])
}
console.log('Milliseconds of 200 epochs: minimum (median). Node and workerd: a run of 20.\n')
console.log(
  table(
    ['batch', 'Node', 'workerd', 'workerd/Node', 'kernel alone', 'request, miss', 'miss/kernel', 'request, hit'],
    rows,
  ),
)

const one = timesOf(await several(12, () => ask({ seed: fresh() })))
const hundred = timesOf(await several(6, () => ask({ seed: fresh(100), seeds: 100 })))
console.log(`\n100 seeds: ${short(hundred.min)} ms, ${short(hundred.min / one.min)} times one (${short(one.min)} ms)`)

async function several(count: number, measure: () => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < count; round++) times.push(await measure())
  return times
}

/** Minimum, median and maximum. */
const spread = (times: number[]) =>
  `${short(timesOf(times).min)}, ${short(timesOf(times).median)}, ${short(Math.max(...times))}`
const alone = await several(60, () => ask({ seed: fresh() }))
const long = ask({ engine: 'layers', batchSize: 1, epochs: 20, seed: fresh() })
const beside = await several(60, () => ask({ seed: fresh() }))
await long
console.log(`\nA default experiment, minimum, median and maximum of 60: alone ${spread(alone)} ms`)
console.log(`beside a layers experiment of some ten seconds: ${spread(beside)} ms`)

const megabytes = () => (worker.memory() / 2 ** 20).toFixed(0)
const memory = [megabytes()]
const pick = <T>(values: readonly T[], index: number) => values[index % values.length]!
for (let count = 0; count < 10_000; count++) {
  const examples = 10 + ((count * 7919) % 4990)
  await ask({
    examples,
    batchSize: 1 + ((count * 31) % Math.round(examples / 2)),
    hiddenUnits: pick(['none', '1', '50', '128', '50-20', '128-128', '16-16-16', '128-128-128'], count),
    activation: pick(['relu', 'tanh', 'sigmoid'], count * 5),
    classes: 2 + ((count * 3) % 9),
    epochs: 1,
    seed: fresh(),
  })
  if (count % 1000 === 999) memory.push(megabytes())
}
console.log(
  `\nMegabytes of the process, before and after each 1,000 of 10,000 experiments of mixed sizes: ${memory.join(' ')}`,
)
await worker.stop()
