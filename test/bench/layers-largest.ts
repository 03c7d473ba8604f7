/**
 * CPU time of the largest experiments with `engine=layers` that the budget allows, in the real workerd: a search over
 * shapes for each depth, optimizer and average, a tenth of the worst shape of each, and the worst of all in full.
 * `npm run bench:layers-steps -- largest` runs it; the goal is 15 seconds.
 */
import { loadavg } from 'node:os'

import { largestThat } from '#experiment/spec/binary-search.ts'
import { mostSeedEpochs } from '#experiment/spec/complete-spec.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { engines } from '#experiment/spec/engine.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { averagingNames } from '#methods/averaging.ts'
import { optimizerNames } from '#methods/optimizers.ts'

import { table } from './measure.ts'
import { startWorkerd } from './workerd.ts'

/** Nanoseconds of an operation, as `work.ts` defines it. */
const operation = 0.04
/** The most CPU seconds that one experiment may take. */
const goal = 15
const mostEpochs = 2000
const mostSeeds = 200

/** Settings of a group: what a step costs beside its rows. */
const depths = ['none', '8', '8-8', '8-8-8']
const groups: PartialSpec[] = depths.flatMap((hiddenUnits) =>
  optimizerNames.flatMap((optimizer) => averagingNames.map((averaging) => ({ hiddenUnits, optimizer, averaging }))),
)

/** What else can make an experiment slower than its estimate. Each list begins with what most experiments have. */
const shapes = {
  batch: [
    { batchSize: 1, examples: 600 },
    { batchSize: 3, examples: 3000 },
    { batchSize: 32, examples: 5000 },
    { batchSize: 'full', examples: 5000 },
    { batchSize: 'full', examples: 10 },
    { batchSize: 'full', examples: 500 },
  ],
  width: [8, 1, 50, 128],
  activation: ['tanh', 'relu', 'sigmoid'],
  classes: [3, 2, 10],
  weightDecay: [0, 0.01],
  rate: [{}, { learningRateSchedule: 'cosine', warmup: 1, lastBatch: 'scaled' }],
  order: [{}, { replacement: true }],
  trainFraction: [0.5, 0.9, 0.1],
  /** Whether it is many short runs in place of few long ones. */
  hasManySeeds: [false, true],
} as const satisfies Record<string, readonly unknown[]>

type Shape = { [Name in keyof typeof shapes]: (typeof shapes)[Name][number] }

/** A generator of numbers from 0 to 1, the same in every run of the bench. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Some shapes: each list's first values in the first, and then one of each list by chance. */
function* shapesOf(count: number, draw: () => number): Generator<Shape> {
  for (let index = 0; index < count; index++)
    yield Object.fromEntries(
      Object.entries(shapes).map(([name, values]) => [name, values[index && Math.floor(draw() * values.length)]]),
    ) as unknown as Shape
}

/** The largest experiment of a group and shape that takes a share of the budget. */
function largestOf(group: PartialSpec, shape: Shape, share: number, seed: number): ExperimentSpec {
  const { batch, width, rate, order, hasManySeeds, ...fields } = shape
  const hiddenUnits = group.hiddenUnits!.replaceAll('8', String(width))
  const of = (epochs: number, seeds: number) => {
    const { warmup, ...schedule } = { warmup: 0, ...rate }
    return completeSpec({
      engine: 'layers',
      learningRate: 0.0001,
      seed,
      epochs,
      seeds,
      warmup: Math.min(warmup, epochs - 1),
      ...fields,
      ...batch,
      ...schedule,
      ...order,
      ...group,
      hiddenUnits,
    })
  }
  const budget = engines.layers.budget * share
  const epochsInAll = Math.min(mostSeedEpochs, budget / (estimateOperations(of(100, 1)) / 100))
  const wished = Math.floor(Math.max(1, Math.min(mostSeeds, hasManySeeds ? epochsInAll : epochsInAll / mostEpochs + 1)))
  // What a run costs beside its epochs can make that many runs of one epoch too many.
  const seeds = largestThat(1, wished, (some) => estimateOperations(of(1, some)) <= budget)
  const epochs = Math.min(mostEpochs, Math.floor(mostSeedEpochs / seeds))
  return of(
    largestThat(1, epochs, (some) => estimateOperations(of(some, seeds)) <= budget),
    seeds,
  )
}

interface Measured {
  spec: ExperimentSpec
  /** CPU seconds of the largest experiment like it, by its estimate and as measured. */
  estimate: number
  seconds: number
}

/** Searches, and prints the worst of each group. */
export async function measureLargest(shapesPerGroup = 12): Promise<void> {
  const worker = await startWorkerd()
  // No experiment twice: it would be in memory.
  let seed = 1
  const measure = async (group: PartialSpec, shape: Shape, share: number): Promise<Measured> => {
    const spec = largestOf(group, shape, share, (seed += mostSeeds))
    const before = worker.computed()
    const response = await fetch(`${worker.url}/api/experiments?histories=0&${specQuery(spec)}`)
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    const scale = engines.layers.budget / estimateOperations(spec)
    // What is allowed at most may be less than the budget, as epochs are whole.
    const whole = estimateOperations(largestOf(group, shape, 1, 1)) / engines.layers.budget
    const seconds = (worker.computed() - before) * (share < 1 ? scale * whole : 1)
    return { spec, seconds, estimate: (estimateOperations(spec) * operation * (share < 1 ? scale * whole : 1)) / 1e9 }
  }
  const row = (name: string, { spec, seconds, estimate }: Measured) => [
    name,
    seconds.toFixed(1),
    estimate.toFixed(1),
    (seconds / estimate).toFixed(2),
    loadavg()[0]!.toFixed(1),
    String(specQuery({ ...spec, seed: 1 })),
  ]
  const head = ['part', 'CPU s in full', 'estimate', 'ratio', 'load', 'spec']
  const draw = random(1)
  const rows: string[][] = []
  const worst: { group: PartialSpec; shape: Shape; tenth: Measured }[] = []
  await measure(groups[0]!, [...shapesOf(1, draw)][0]!, 0.1)
  for (const group of groups) {
    const tried: { shape: Shape; found: Measured }[] = []
    for (const shape of shapesOf(shapesPerGroup, draw)) tried.push({ shape, found: await measure(group, shape, 0.02) })
    const { shape } = tried.toSorted((a, b) => b.found.seconds - a.found.seconds)[0]!
    const tenth = await measure(group, shape, 0.1)
    worst.push({ group, shape, tenth })
    rows.push(row('a tenth', tenth))
    console.error(rows.at(-1)!.join(' | '))
  }
  let most = 0
  for (const { group, shape } of worst.toSorted((a, b) => b.tenth.seconds - a.tenth.seconds).slice(0, 3)) {
    const full = await measure(group, shape, 1)
    most = Math.max(most, full.seconds)
    rows.push(row('in full', full))
    console.error(rows.at(-1)!.join(' | '))
  }
  console.log(`CPU seconds of workerd for the largest experiments that are allowed; the goal is ${goal}.\n`)
  console.log(table(head, rows))
  if (most > goal) process.exitCode = 1
  await worker.stop()
}
