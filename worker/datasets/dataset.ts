/**
 * Makes the dataset of a spec, and fresh points of the same distribution, by the table of datasets. The dataset says how
 * the network's inputs are computed from its coordinates (inputs.ts).
 */
import { trainRows } from '#experiment/spec/training-size.ts'
import type { DatasetName } from '#methods/datasets.ts'

import { breastCancer, breastCancerDescription } from './bundled/breastCancer.ts'
import { digits, digitsDescription } from './bundled/digits.ts'
import { penguins, penguinsDescription } from './bundled/penguins.ts'
import { weather, weatherDescription } from './bundled/weather.ts'
import { blobs, blobsDescription } from './generated/blobs.ts'
import { circles, circlesDescription } from './generated/circles.ts'
import { moons, moonsDescription } from './generated/moons.ts'
import { spirals, spiralsDescription } from './generated/spirals.ts'
import type { DatasetSpec, Description, GeneratedPoints, Generator } from './generator.ts'
import { mislabel } from './label-noise.ts'
import type { RandomState } from './numpy-random.ts'
import { ownDescription } from './own/description.ts'
import { own } from './own/own.ts'
import type { Points } from './points.ts'
import { momentsOf, type Moments } from './scaling.ts'

/** Examples. The first `trainExamples` of them are for training, the rest for testing. */
export interface Dataset extends GeneratedPoints {
  trainExamples: number
  featureNames: readonly string[]
  classNames: readonly string[]
  /** The rows of the training examples whose label was replaced by a wrong one; absent without label noise. */
  mislabeled?: Uint32Array<ArrayBuffer>
  /** The means and deviations by which the features are scaled; absent without scaling. */
  moments?: Moments
  /** The features that the network gets of a point in the plane, such as `x-y`. */
  features: string
}

const generators: Readonly<Record<DatasetName, Generator>> = {
  blobs,
  moons,
  circles,
  spirals,
  penguins,
  weather,
  digits,
  breastCancer,
  own,
}

/** The datasets in words and in Python. */
export const datasetDescriptions: Readonly<Record<DatasetName, Description>> = {
  blobs: blobsDescription,
  moons: moonsDescription,
  circles: circlesDescription,
  spirals: spiralsDescription,
  penguins: penguinsDescription,
  weather: weatherDescription,
  digits: digitsDescription,
  breastCancer: breastCancerDescription,
  own: ownDescription,
}

/**
 * Makes the dataset of a spec, with the same bits on every host.
 *
 * @throws Error in a browser for a table that has not been loaded (`loadTable`)
 */
export function makeDataset(spec: DatasetSpec): Dataset {
  const { make, featureNames, classNames } = generators[spec.dataset]
  const points = make(spec)
  const trainExamples = trainRows(spec)
  return {
    ...points,
    ...(spec.labelNoise > 0 ? mislabel(spec, points.labels.slice(), trainExamples) : {}),
    trainExamples,
    featureNames: featureNames(spec),
    classNames: classNames(spec),
    ...(spec.scaling === 'standard' ? { moments: momentsOf(points, trainExamples) } : {}),
    features: spec.features,
  }
}

/**
 * Draws the next points of a random generator from the distribution of a spec's dataset.
 *
 * @throws Error for a table, which has no distribution to draw from
 */
export function drawFresh(spec: DatasetSpec, dataset: Dataset, examples: number, random: RandomState): Points {
  const { fresh } = generators[spec.dataset]
  if (!fresh) throw new Error(`no fresh examples can be drawn of ${spec.dataset}`)
  return fresh(spec, dataset, examples, random)
}

/** The Python code that makes the examples of a spec, before labels are made wrong and features scaled (`Description`). */
export function datasetInPython(spec: DatasetSpec, site: string): ReturnType<Description['python']> {
  return datasetDescriptions[spec.dataset].python(spec, site)
}
