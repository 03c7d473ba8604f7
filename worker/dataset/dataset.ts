/**
 * The dataset of a spec: its points, and how they are split.
 */
import { trainRows, type ExperimentSpec } from '#experiment/spec.ts'

import { makeBlobs } from './blobs.ts'
import { makeCircles } from './circles.ts'
import { makeMoons } from './moons.ts'
import type { Points } from './points.ts'

/** The fields of a spec that decide its dataset. */
export type DatasetSpec = Pick<
  ExperimentSpec,
  'dataset' | 'examples' | 'classes' | 'noise' | 'datasetSeed' | 'trainFraction'
>

/** Labeled points; the first `trainExamples` train, the rest test. */
export interface Dataset extends Points {
  trainExamples: number
  /** Where the clusters of blobs were drawn around [classes][2]. */
  centers?: [number, number][]
}

/** The points of a spec: the same bits everywhere. */
export function makeDataset(spec: DatasetSpec): Dataset {
  return { ...makePoints(spec), trainExamples: trainRows(spec) }
}

function makePoints({ dataset, examples, classes, noise, datasetSeed }: DatasetSpec): Points {
  switch (dataset) {
    case 'blobs':
      return makeBlobs(examples, classes, noise, datasetSeed)
    case 'moons':
      return makeMoons(examples, noise, datasetSeed)
    case 'circles':
      return makeCircles(examples, noise, datasetSeed)
  }
}
