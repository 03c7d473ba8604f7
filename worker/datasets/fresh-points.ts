/**
 * Fresh points: drawn from the same distribution as a spec's dataset (the same centers, outlines and noise), but part
 * of neither of its splits. They show how well a network generalizes, independent of how easy its test split is.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import * as memoryBudgets from '#experiment/memory-budgets.ts'
import { freshExamples } from '#experiment/result/generalization.ts'

import { drawFresh } from './dataset.ts'
import { datasetFields, type DatasetSpec } from './generator.ts'
import { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'
import { datasetOf } from './split.ts'

/**
 * The number of initial random outputs that are skipped. A dataset of 5000 points uses about 33,000 of them, and none
 * uses more, so the fresh points do not depend on the number of points in the dataset or on its split.
 */
const usedNumbers = 2 ** 16

/** Cache of the most recent fresh points, by the fields that determine them. */
const cache = new LruCache<Points>(
  memoryBudgets.fresh,
  ({ coordinates, labels }) => coordinates.byteLength + labels.byteLength,
)

/** The fields that do not determine the distribution: they say how many points there are, or what is done to them. */
const otherFields: ReadonlySet<string> = new Set(['examples', 'trainFraction', 'scaling', 'labelNoise', 'features'])
const distributionFields = datasetFields.filter((field) => !otherFields.has(field))

/**
 * The fresh points of a spec's dataset in float64, with equally many of each class up to a remainder. They are cached
 * and must not be modified.
 */
export function freshPoints(spec: DatasetSpec): Points {
  const key = JSON.stringify(distributionFields.map((field) => spec[field]))
  return cache.getOrMake(key, () => draw(spec))
}

function draw(spec: DatasetSpec): Points {
  const random = new RandomState(spec.datasetSeed)
  random.skip(usedNumbers)
  return drawFresh(spec, datasetOf(spec), freshExamples, random)
}
