/**
 * The interface of a dataset generator, which draws the dataset of a spec and more points of the same distribution, and
 * of its counterpart in Python.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'

/** The fields of a spec that determine its dataset. */
export const datasetFields = ['dataset', 'examples', 'classes', 'noise', 'datasetSeed', 'trainFraction'] as const
export type DatasetSpec = Pick<ExperimentSpec, (typeof datasetFields)[number]>

/** Points and, for blobs, the centers of their clusters, [classes][2]. */
export interface GeneratedPoints extends Points {
  centers?: [number, number][]
}

/** The generator of a dataset. */
export interface Generator {
  /** Draws the dataset of a spec. */
  make: (spec: DatasetSpec) => GeneratedPoints
  /** Draws `examples` points from the distribution of a spec's dataset, with a random generator of their own. */
  fresh: (spec: DatasetSpec, dataset: Pick<GeneratedPoints, 'centers'>, examples: number, random: RandomState) => Points
}

/** The Python code that makes the dataset of a spec: its imports, and the lines that set `x` and `y`. */
export type PythonDataset = (spec: DatasetSpec) => { imports: string; lines: string }
