/**
 * Fresh points: of the same law as a spec's dataset (the same centers, outlines and noise), and in none of its splits.
 * They tell how good a network is, and not how lucky its test half.
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
 * The first numbers of the dataset's generator, which are left out: a dataset of 5000 points takes some 33 000 of them,
 * and none takes more. So the fresh points are the same however many there are in the dataset, and however it is split.
 */
const usedNumbers = 2 ** 16

/** Those that were asked for last, by the fields that decide them. */
const remembered = new LruCache<Points>(
  memoryBudgets.fresh,
  ({ coordinates, labels }) => coordinates.byteLength + labels.byteLength,
)

/** The fields that decide the distribution, and not only how many of its points there are. */
const distributionFields = datasetFields.filter((field) => field !== 'examples' && field !== 'trainFraction')

/** As many points of each class, but for a rest, in float64; remembered: whoever gets them leaves them as they are. */
export function freshPoints(spec: DatasetSpec): Points {
  const key = JSON.stringify(distributionFields.map((field) => spec[field]))
  return remembered.getOrMake(key, () => draw(spec))
}

function draw(spec: DatasetSpec): Points {
  const random = new RandomState(spec.datasetSeed)
  random.skip(usedNumbers)
  return drawFresh(spec, datasetOf(spec), freshExamples, random)
}
