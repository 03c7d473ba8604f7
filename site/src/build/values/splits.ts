/**
 * Differences between two settings over several splits of a table into training and test examples. Every split has the
 * same seeds in both settings; the interval is over the splits, which vary more than the seeds of one split.
 */
import { meanInterval, type Interval } from '#experiment/result/confidence-interval.ts'

import { resultFor } from './experiments.ts'

/** The splits: the values of `datasetSeed`. */
export const splitSeeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const
/** The runs of each split. */
export const seedsOfSplit = 5

/** A quantity of which two settings are compared. */
export type SplitQuantity = 'testAccuracy' | 'instability'

/** The query of a setting on one split. */
const splitQuery = (query: string, split: number): string => `${query}&datasetSeed=${split}&seeds=${seedsOfSplit}`

/** The difference between two settings, and how many runs of either diverged. */
export interface SplitDifference {
  /** The mean of the first setting's differences over the splits, with its 95 % interval; null where one setting always diverges. */
  interval: Interval
  /** Runs that diverged. */
  diverged: { first: number; second: number }
}

/** Compares two settings over all splits: the first one's mean minus the second one's. */
export async function differenceOverSplits(
  first: string,
  second: string,
  quantity: SplitQuantity,
): Promise<SplitDifference> {
  const pairs = await Promise.all(
    splitSeeds.map((split) => Promise.all([first, second].map((query) => resultFor(splitQuery(query, split))))),
  )
  const valueOf = ({ summary }: (typeof pairs)[number][number]) =>
    quantity === 'instability' ? summary.instability.mean : summary.final.testAccuracy.mean
  const differences = pairs.flatMap(([one, other]) => {
    const [a, b] = [valueOf(one!), valueOf(other!)]
    return a === null || b === null ? [] : [a - b]
  })
  const divergedOf = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index]!.summary.diverged, 0)
  return { interval: meanInterval(differences), diverged: { first: divergedOf(0), second: divergedOf(1) } }
}
