/**
 * Which of the tutorial's experiments fit the 10 ms of computing that the Free plan has for a request, and what a
 * thousand trainings cost: CPU time, not the clock's, so that other programs do not count.
 *
 *   npm run bench:plans
 */
import { globSync, readFileSync } from 'node:fs'

import { deriveResult } from '#experiment/result/derive.ts'
import { fingerprint, type Numbers } from '#experiment/result/numbers.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { readSpec, specQuery } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainNumbers } from '#training/by-engine.ts'

import { short, table } from './measure.ts'

/** CPU time of a request on the Free plan, in milliseconds. */
const freePlan = 10
const rounds = 7

/** Milliseconds of CPU, with the result. */
function timed<Result>(run: () => Result): { time: number; result: Result } {
  const before = process.cpuUsage()
  const result = run()
  const { user, system } = process.cpuUsage(before)
  return { time: (user + system) / 1000, result }
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!

function trained(spec: ExperimentSpec): Numbers {
  const training = trainNumbers(spec)
  let slice = training.next()
  while (!slice.done) slice = training.next()
  return slice.value
}

/** What the Worker does of an experiment: trains and answers, or proves what it had stored and answers. */
async function timesOf(spec: ExperimentSpec): Promise<{ miss: number; hit: number }> {
  const misses: number[] = []
  const hits: number[] = []
  const answer = (numbers: Numbers) =>
    JSON.stringify(deriveResult(spec, { digest: '', fingerprint: '', numbers }, { histories: 5 }))
  for (let round = 0; round < rounds; round++) {
    const training = timed(() => trained(spec))
    const answering = timed(() => answer(training.result))
    const before = process.cpuUsage()
    await fingerprint(training.result)
    const { user, system } = process.cpuUsage(before)
    misses.push(training.time + answering.time + (user + system) / 1000)
    hits.push(answering.time + (user + system) / 1000)
  }
  return { miss: median(misses), hit: median(hits) }
}

/** The experiments that the chapters take their numbers from. */
const chapters = globSync('site/src/content/tutorial/*.mdx').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\bin="([^"]+)"/g)].map(([, query]) => query!),
)
/** Those that are above the budget of a request on any plan: the site's build alone trains them. */
const tooMuch = new Set<string>()
const asked = new Map<string, { name: string; spec: ExperimentSpec }>()
for (const { slug, spec } of presets) asked.set(String(specQuery(spec)), { name: slug, spec })
for (const query of chapters) {
  try {
    const { spec } = readSpec(new URLSearchParams(query.replaceAll('&amp;', '&')), {}, 'ignore')
    const key = String(specQuery(spec))
    if (!asked.has(key)) asked.set(key, { name: key, spec })
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    tooMuch.add(query)
  }
}

// The first training compiles.
for (const { spec } of presets) trained(spec)
const rows: { name: string; spec: ExperimentSpec; miss: number; hit: number }[] = []
for (const { name, spec } of asked.values()) rows.push({ name, spec, ...(await timesOf(spec)) })
rows.sort((a, b) => a.miss - b.miss)

console.log(
  table(
    ['experiment', 'runs', 'work', 'miss', 'hit'],
    rows.map(({ name, spec, miss, hit }) => [
      name,
      String(spec.seeds),
      `${short(estimateOperations(spec) / 1e6)} M`,
      short(miss),
      short(hit),
    ]),
  ),
)
const share = (of: typeof rows, name: string) => {
  const fits = of.filter(({ miss }) => miss <= freePlan)
  const hits = of.filter(({ hit }) => hit <= freePlan)
  console.log(
    `${name}: ${fits.length} of ${of.length} trained within ${freePlan} ms of CPU, ${hits.length} answered from the store; ` +
      `a thousand trainings ${short(of.reduce((sum, { miss }) => sum + miss, 0) / of.length)} s of CPU`,
  )
}
share(
  rows.filter(({ spec }) => spec.seeds === 1),
  'one run',
)
share(
  rows.filter(({ spec }) => spec.seeds > 1),
  'several runs',
)
share(rows, 'all')
if (tooMuch.size > 0) console.log(`above the budget of a request: ${[...tooMuch].join(', ')}`)
