/** Converts a dataset to the form in which the API returns it. */
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'

import type { Dataset } from './dataset.ts'

/** The dataset with one array per point. */
export function labeledPoints({ coordinates, labels, trainExamples, centers }: Dataset): LabeledPoints {
  return {
    points: Array.from(labels, (_, row) => [coordinates[2 * row]!, coordinates[2 * row + 1]!]),
    labels: Array.from(labels),
    trainExamples,
    centers,
  }
}
