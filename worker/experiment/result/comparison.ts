/**
 * Paired comparison of two experiments, run by run. Runs with the same seed start from the same weights and see their
 * examples in the same order, so the difference within a pair varies less by chance than the difference of two means.
 */
import { meanInterval, ratioInterval, type Interval } from './confidence-interval.ts'
import { shortest } from './decimal.ts'
import type { ComparedQuantity, Comparison, Estimate, ExperimentResult, Run } from './result.ts'
import { summarize } from './summary.ts'

/** The quantities of a run that are compared; none of them is ever negative. */
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

/** Compares an experiment with the pinned one. Differences are its values minus the pinned experiment's. */
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
 * Restricts two results to the runs whose seeds both have and recomputes their summaries, so that what is shown of
 * each, and their difference, covers the same seeds while one still has more runs than the other. If no finished runs
 * are shared, both are returned unchanged.
 */
export function restrictToSharedSeeds(
  result: ExperimentResult,
  pinned: ExperimentResult,
): [ExperimentResult, ExperimentResult] {
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
  // A run that never reaches 0.8 has no finite epoch, and a mean without it would be biased downwards.
  const hasMean = quantity !== 'epochsTo80' || missing === 0
  return {
    pairs: present.length,
    missing,
    differences: values.map(([a, b]) => (a === null || b === null ? null : toFloat32(a - b))),
    difference: hasMean ? estimate(meanInterval(present.map(([a, b]) => a - b))) : nothing,
    ratio: hasMean ? estimate(ratioInterval(own, pinned)) : nothing,
  }
}

const nothing: Estimate = { value: null, low: null, high: null }

const estimate = ({ value, low, high }: Interval): Estimate => ({
  value: toFloat32(value),
  low: toFloat32(low),
  high: toFloat32(high),
})

/** Rounds to the digits of float32, the precision of the compared values. */
function toFloat32(value: number): number | null {
  return shortest(Math.fround(value))
}
