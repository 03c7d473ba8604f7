/** Reference accuracies that need no training: guessing, and classifying by the nearest true cluster center. */
import type { Reference } from '#experiment/result/reference-accuracy.ts'
import { defaultSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

import { makeDataset, type Dataset } from './dataset.ts'
import { datasetFields } from './generator.ts'

/** Cache of the reference accuracies, which exist for the tutorial's dataset only. */
let cached: Reference[] | undefined

/** The reference accuracies for experiments; empty if one of them uses other data than the tutorial. */
export function referencesOf(specs: readonly ExperimentSpec[]): Reference[] {
  const tutorial = defaultSpec()
  if (specs.some((spec) => datasetFields.some((field) => spec[field] !== tutorial[field]))) return []
  cached ??= [
    { name: 'guessing', accuracy: 1 / tutorial.classes },
    { name: 'nearest true center', accuracy: nearestCenterAccuracy(makeDataset(tutorial), 'test') },
  ]
  return cached
}

/** The accuracy of the nearest true center as a classifier on a split. */
export function nearestCenterAccuracy(data: Dataset, split: 'train' | 'test'): number {
  const { coordinates, labels, trainExamples, centers = [] } = data
  const [from, to] = split === 'train' ? [0, trainExamples] : [trainExamples, labels.length]
  const nearest = nearestCenters(coordinates, centers)
  let hits = 0
  for (let row = from; row < to; row++) if (nearest[row] === labels[row]) hits++
  return hits / (to - from)
}

/**
 * The class of the nearest center of each point. If clusters are equally large and equally wide, no rule is more
 * accurate.
 *
 * @param coordinates [n][2]
 * @param centers the center of each class, [classes][2]
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
