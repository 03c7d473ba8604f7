/**
 * What a dataset is: one object that makes its examples, and one that describes it in words and in Python. They are
 * exports of their own, so that what trains in a browser loads no words.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'

/** The fields of a spec that determine its dataset. */
export const datasetFields = [
  'dataset',
  'data',
  'examples',
  'classes',
  'noise',
  'datasetSeed',
  'trainFraction',
  'scaling',
  'labelNoise',
  'features',
] as const
export type DatasetSpec = Pick<ExperimentSpec, (typeof datasetFields)[number]>

/** Examples, in the order in which the first of them train, and for blobs the centers of their clusters, [classes][2]. */
export interface GeneratedPoints extends Points {
  centers?: [number, number][]
}

/** Makes the examples of a dataset. */
export interface Generator {
  /** The names of the features. */
  featureNames: (spec: DatasetSpec) => readonly string[]
  /** The names of the classes. */
  classNames: (spec: DatasetSpec) => readonly string[]
  /**
   * Makes the examples of a spec.
   *
   * @throws Error for a table that has not been loaded
   */
  make: (spec: DatasetSpec) => GeneratedPoints
  /**
   * Draws `examples` points from the distribution of a spec's dataset, with a random generator of their own. A table has
   * no distribution to draw from.
   */
  fresh?: (
    spec: DatasetSpec,
    dataset: Pick<GeneratedPoints, 'centers'>,
    examples: number,
    random: RandomState,
  ) => Points
}

/** A dataset in words, and the Python code that makes it. */
export interface Description {
  title: string
  /** What is to be learned from it, in one sentence. */
  lesson: string
  source: string
  license: string
  /**
   * The Python code: its imports besides `numpy as np`, and the lines that set `x` and `y` to the examples of a spec in their order.
   *
   * @param site the address of the site, which publishes the tables that scikit-learn does not have
   */
  python: (spec: DatasetSpec, site: string) => { imports: string; lines: string }
}

/** The license of data that the generators make. */
export const ownLicense = 'MIT, as this repository'
