/**
 * Two experiments compared run by run. Runs with the same seed start from the same weights and see their rows in the same
 * order, so a pair's difference has less chance in it than the difference of two means.
 */
import { meanInterval, ratioInterval, type Interval } from './confidence-interval.ts'
import { shortest } from './decimal.ts'
import type { ComparedQuantity, Comparison, Estimate, ExperimentResult, Run } from './result.ts'
import { summarize } from './summary.ts'

/** What is compared: quantities of a run, none of which is ever negative. */
export type Compared = keyof Comparison['quantities']

const valueOf: Readonly<Record<Compared, (run: Run) => number | null>> = {
  instability: ({ instability }) => instability,
  testAccuracy: ({ final }) => final.testAccuracy,
  trainAccuracy: ({ final }) => final.trainAccuracy,
  testLoss: ({ final }) => final.testLoss,
  trainLoss: ({ final }) => final.trainLoss,
  epochsTo80: ({ epochsTo80 }) => epochsTo80,
}

type Pair = readonly [run: Run, pinned: Run]

/** What an experiment is beside another, the pinned: differences are its values minus the pinned one's. */
export function compare(
  { runs }: Pick<ExperimentResult, 'runs'>,
  pinned: Pick<ExperimentResult, 'runs' | 'digest' | 'fingerprint' | 'permalink'>,
): Comparison {
  const others = new Map(pinned.runs.map((run) => [run.seed, run]))
  const pairs = runs.flatMap((run): Pair[] => {
    const other = others.get(run.seed)
    return other ? [[run, other]] : []
  })
  const { digest, fingerprint, permalink } = pinned
  return {
    digest,
    fingerprint,
    permalink,
    seeds: pairs.map(([{ seed }]) => seed),
    unpaired: runs.length + pinned.runs.length - 2 * pairs.length,
    quantities: {
      instability: compareIn('instability', pairs),
      testAccuracy: compareIn('testAccuracy', pairs),
      trainAccuracy: compareIn('trainAccuracy', pairs),
      testLoss: compareIn('testLoss', pairs),
      trainLoss: compareIn('trainLoss', pairs),
      epochsTo80: compareIn('epochsTo80', pairs),
    },
  }
}

/**
 * Two results with the runs that both have, and what those say together: so that what is shown of each, and their
 * difference, is of the same seeds while one has more runs than the other. Where they have none in common that is over,
 * both are as they are.
 */
export function inCommon(result: ExperimentResult, pinned: ExperimentResult): [ExperimentResult, ExperimentResult] {
  const seeds = new Set(pinned.runs.map(({ seed }) => seed))
  const isNone = !result.runs.some(({ seed }) => seeds.has(seed))
  if (isNone || result.summary.runs === 0 || pinned.summary.runs === 0) return [result, pinned]
  return [withSeeds(result, pinned), withSeeds(pinned, result)]
}

function withSeeds(result: ExperimentResult, other: Pick<ExperimentResult, 'runs'>): ExperimentResult {
  const seeds = new Set(other.runs.map(({ seed }) => seed))
  const runs = result.runs.filter(({ seed }) => seeds.has(seed))
  return runs.length === result.runs.length ? result : { ...result, runs, summary: summarize(runs) }
}

function compareIn(quantity: Compared, pairs: readonly Pair[]): ComparedQuantity {
  const values = pairs.map((pair) => pair.map(valueOf[quantity]) as [number | null, number | null])
  const present = values.filter((pair): pair is [number, number] => !pair.includes(null))
  const missing = pairs.length - present.length
  const [own, pinned] = [present.map(([value]) => value), present.map(([, value]) => value)]
  // A run that never gets to 0.8 has an infinite epoch, and a mean without it would flatter.
  const isTold = quantity !== 'epochsTo80' || missing === 0
  return {
    pairs: present.length,
    missing,
    differences: values.map(([a, b]) => (a === null || b === null ? null : short(a - b))),
    difference: isTold ? estimate(meanInterval(present.map(([a, b]) => a - b))) : nothing,
    ratio: isTold ? estimate(ratioInterval(own, pinned)) : nothing,
  }
}

const nothing: Estimate = { value: null, low: null, high: null }

const estimate = ({ value, low, high }: Interval): Estimate => ({
  value: short(value),
  low: short(low),
  high: short(high),
})

/** No more digits than the float32 values that it is of. */
function short(value: number): number | null {
  return shortest(Math.fround(value))
}
