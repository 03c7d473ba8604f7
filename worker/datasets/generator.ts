/**
 * What a generated dataset is: how its points are drawn, how more of them are drawn, and the same in Python.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'

/** The fields of a spec that decide its dataset. */
export const datasetFields = ['dataset', 'examples', 'classes', 'noise', 'datasetSeed', 'trainFraction'] as const
export type DatasetSpec = Pick<ExperimentSpec, (typeof datasetFields)[number]>

/** Points, and where the clusters of blobs were drawn around [classes][2]. */
export interface GeneratedPoints extends Points {
  centers?: [number, number][]
}

/** How the points of a dataset are drawn. */
export interface Generator {
  /** The points of a spec. */
  make: (spec: DatasetSpec) => GeneratedPoints
  /** As many points as asked for from the same distribution as a dataset of a spec, drawn by a generator of their own. */
  fresh: (spec: DatasetSpec, dataset: Pick<GeneratedPoints, 'centers'>, examples: number, random: RandomState) => Points
  /** Python that makes the same points: the lines of its imports, and lines that set `x` and `y`. */
  python: (spec: DatasetSpec) => { imports: string; lines: string }
}
