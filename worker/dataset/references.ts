/**
 * Accuracies that need no training, for comparison: guessing, and knowing the true centers of the clusters.
 */
import { defaultSpec, type ExperimentSpec } from '#experiment/spec.ts'

import { makeDataset, type DatasetSpec } from './dataset.ts'

const datasetFields = ['dataset', 'examples', 'classes', 'noise', 'datasetSeed', 'trainFraction'] as const

/** They are of one dataset alone, and computed once. */
let known: { name: string; accuracy: number }[] | undefined

/** What the tutorial's data is compared with; nothing for other data, of which the tutorial says nothing. */
export function referencesOf(spec: ExperimentSpec): { name: string; accuracy: number }[] {
  const tutorial = defaultSpec()
  if (datasetFields.some((field) => spec[field] !== tutorial[field])) return []
  known ??= [
    { name: 'guessing', accuracy: 1 / spec.classes },
    { name: 'nearest true center', accuracy: nearestCenterAccuracy(spec) },
  ]
  return known
}

/** The share of test rows whose nearest true center is that of their class. */
function nearestCenterAccuracy(spec: DatasetSpec): number {
  const { coordinates, labels, trainExamples, centers = [] } = makeDataset(spec)
  let hits = 0
  for (let row = trainExamples; row < labels.length; row++) {
    const distances = centers.map(([x, y]) => Math.hypot(coordinates[2 * row]! - x, coordinates[2 * row + 1]! - y))
    if (distances.indexOf(Math.min(...distances)) === labels[row]) hits++
  }
  return hits / (labels.length - trainExamples)
}
