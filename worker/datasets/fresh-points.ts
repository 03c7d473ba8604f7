/**
 * Fresh points: drawn from the same distribution as a spec's dataset (the same centers, outlines and noise), but part
 * of neither of its splits. They show how well a network generalizes, independent of how easy its test split is.
 */
import { drawFresh } from './dataset.ts'
import type { DatasetSpec } from './generator.ts'
import { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'
import { datasetOf } from './split.ts'

/**
 * The number of initial random outputs that are skipped. A dataset of 5000 points uses about 33,000 of them, and none
 * uses more, so the fresh points do not depend on the number of points in the dataset or on its split.
 */
const usedNumbers = 2 ** 16

/** Points of a piece: what is drawn in about 20 ms. */
export const pieceSize = 20_000

/**
 * The fresh points of a spec's dataset in float64, without end, in pieces with equally many of each class up to a
 * remainder. Experiments on the same distribution get the same ones.
 */
export function* freshPoints(spec: DatasetSpec): Generator<Points, never, void> {
  const random = new RandomState(spec.datasetSeed)
  random.skip(usedNumbers)
  const dataset = datasetOf(spec)
  for (;;) yield drawFresh(spec, dataset, pieceSize, random)
}
