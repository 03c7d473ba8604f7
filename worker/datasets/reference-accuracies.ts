/**
 * Accuracies that need no training, for comparison: guessing, and knowing the true centers of the clusters.
 */
import type { Reference } from '#experiment/result/reference-accuracy.ts'
import { defaultSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

import { makeDataset, type Dataset } from './dataset.ts'
import { datasetFields } from './generator.ts'

/** They are of one dataset alone, and computed once. */
let known: Reference[] | undefined

/** What all of some experiments are compared with: nothing where one of them has other data than the tutorial's. */
export function referencesOf(specs: readonly ExperimentSpec[]): Reference[] {
  const tutorial = defaultSpec()
  if (specs.some((spec) => datasetFields.some((field) => spec[field] !== tutorial[field]))) return []
  known ??= [
    { name: 'guessing', accuracy: 1 / tutorial.classes },
    { name: 'nearest true center', accuracy: nearestCenterAccuracy(makeDataset(tutorial), 'test') },
  ]
  return known
}

/** The share of a split's rows whose nearest true center is that of their class. */
export function nearestCenterAccuracy(data: Dataset, split: 'train' | 'test'): number {
  const { coordinates, labels, trainExamples, centers = [] } = data
  const [from, to] = split === 'train' ? [0, trainExamples] : [trainExamples, labels.length]
  const nearest = nearestCenters(coordinates, centers)
  let hits = 0
  for (let row = from; row < to; row++) if (nearest[row] === labels[row]) hits++
  return hits / (to - from)
}

/**
 * The class of the nearest center of each point. Where clusters are equally large and equally wide no rule is right more
 * often.
 *
 * @param coordinates [n][2]
 * @param centers of each class [classes][2]
 */
export function nearestCenters(
  coordinates: ArrayLike<number>,
  centers: readonly [number, number][],
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: coordinates.length / 2 }, (_, row) => {
    const distances = centers.map(([x, y]) => (coordinates[2 * row]! - x) ** 2 + (coordinates[2 * row + 1]! - y) ** 2)
    return distances.indexOf(Math.min(...distances))
  })
}
