/**
 * The dataset of a spec: its points, and how they are split.
 */
import { trainRows } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { makeBlobs } from './blobs.ts'
import { circles } from './circles.ts'
import { moons } from './moons.ts'
import { drawAlong } from './outlines.ts'
import type { Points } from './points.ts'
import { RandomState } from './random.ts'

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

const makers: Record<ExperimentSpec['dataset'], (spec: DatasetSpec) => Points> = {
  blobs: ({ examples, classes, noise, datasetSeed }) => makeBlobs(examples, classes, noise, datasetSeed),
  moons: ({ examples, noise, datasetSeed }) => drawAlong(moons, examples, noise, new RandomState(datasetSeed)),
  circles: ({ examples, noise, datasetSeed }) => drawAlong(circles, examples, noise, new RandomState(datasetSeed)),
}

/** The points of a spec: the same bits everywhere. */
export function makeDataset(spec: DatasetSpec): Dataset {
  return { ...makers[spec.dataset](spec), trainExamples: trainRows(spec) }
}
