/**
 * Which experiments of a map are as good as its best one, as far as their runs can tell. The rule is published in
 * docs/decisions.md and beside every map.
 *
 * The best experiment has the best mean over its seeds. Each other one is paired with it by seed: the runs of a pair start
 * from the same weights. If the 95 % confidence interval of the mean difference (Student's t) contains 0, the two cannot
 * be told apart. This takes five seeds or more.
 */
import { fewestForInterval, meanInterval } from './confidence-interval.ts'
import { mean } from './statistics.ts'

/** The best experiments of a map. */
export interface BestCells {
  /** The index of the one with the best mean. */
  best: number
  /** The indices of all that cannot be told apart from it, itself among them, ascending; empty if there are too few seeds. */
  equal: number[]
  /** The number of seeds of every experiment that is compared. */
  seeds: number
  /** How many experiments are not compared, because a run of theirs has no value: it diverged, for example. */
  leftOut: number
}

/**
 * Compares the experiments of a map.
 *
 * @param values by experiment, the value of each run in the order of their seeds; null if a run has none
 * @param better which values are better
 * @returns undefined if no experiment has a value for every seed
 */
export function bestCells(
  values: readonly (readonly (number | null)[])[],
  better: 'higher' | 'lower',
): BestCells | undefined {
  const seeds = Math.max(0, ...values.map(({ length }) => length))
  const compared = values.flatMap((runs, cell) =>
    runs.length === seeds && seeds > 0 && runs.every((value) => value !== null)
      ? [{ cell, runs, mean: mean(runs) }]
      : [],
  )
  const [first, ...others] = compared
  if (!first) return undefined
  const isBetter = (a: number, b: number) => (better === 'higher' ? a > b : a < b)
  const best = others.reduce((leading, other) => (isBetter(other.mean, leading.mean) ? other : leading), first)
  const isEqual = ({ cell, runs }: { cell: number; runs: readonly number[] }) => {
    const { low, high } = meanInterval(runs.map((value, run) => value - best.runs[run]!))
    return cell === best.cell || (low <= 0 && high >= 0)
  }
  return {
    best: best.cell,
    equal: seeds < fewestForInterval ? [] : compared.filter(isEqual).map(({ cell }) => cell),
    seeds,
    leftOut: values.length - compared.length,
  }
}
