/** Generates the dataset of a spec and fresh points of the same distribution, using one generator per dataset name. */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainRows } from '#experiment/spec/training-size.ts'

import { drawAround, makeBlobs } from './generated/blobs.ts'
import { circles } from './generated/circles.ts'
import { moons } from './generated/moons.ts'
import { drawAlong, type Outlines } from './generated/outlines.ts'
import { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'

/** The fields of a spec that determine its dataset. */
export type DatasetSpec = Pick<
  ExperimentSpec,
  'dataset' | 'examples' | 'classes' | 'noise' | 'datasetSeed' | 'trainFraction'
>

/** Labeled points. The first `trainExamples` of them are for training, the rest for testing. */
export interface Dataset extends Points {
  trainExamples: number
  /** The centers of the clusters of blobs, [classes][2]. */
  centers?: [number, number][]
}

/** How the points of a dataset are generated. */
interface Generator {
  /** Generates the dataset of a spec. */
  make: (spec: DatasetSpec) => Points & Pick<Dataset, 'centers'>
  /** Draws `examples` points from the distribution of a spec's dataset, with a random generator of their own. */
  fresh: (spec: DatasetSpec, dataset: Pick<Dataset, 'centers'>, examples: number, random: RandomState) => Points
}

/** The generator of points along two outlines. */
const along = (outlines: Outlines): Generator => ({
  make: ({ examples, noise, datasetSeed }) => drawAlong(outlines, examples, noise, new RandomState(datasetSeed)),
  fresh: ({ noise }, _, examples, random) => drawAlong(outlines, examples, noise, random),
})

const generators: Readonly<Record<ExperimentSpec['dataset'], Generator>> = {
  blobs: {
    make: ({ examples, classes, noise, datasetSeed }) => makeBlobs(examples, classes, noise, datasetSeed),
    fresh: ({ noise }, { centers }, examples, random) => drawAround(centers!, examples, noise, random),
  },
  moons: along(moons),
  circles: along(circles),
}

/** Generates the dataset of a spec, with the same bits on every host. */
export function makeDataset(spec: DatasetSpec): Dataset {
  return { ...generators[spec.dataset].make(spec), trainExamples: trainRows(spec) }
}

/** Draws the next points of a random generator from the distribution of a spec's dataset. */
export function drawFresh(spec: DatasetSpec, dataset: Dataset, examples: number, random: RandomState): Points {
  return generators[spec.dataset].fresh(spec, dataset, examples, random)
}
