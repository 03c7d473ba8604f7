/**
 * The dataset of a spec: its points, and how they are split.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainRows } from '#experiment/spec/training-size.ts'

import { drawAround, makeBlobs } from './generated/blobs.ts'
import { circles } from './generated/circles.ts'
import { moons } from './generated/moons.ts'
import { drawAlong, type Outlines } from './generated/outlines.ts'
import { RandomState } from './numpy-random.ts'
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

/** How the points of a dataset are drawn. */
interface Generator {
  /** The dataset of a spec. */
  make: (spec: DatasetSpec) => Points & Pick<Dataset, 'centers'>
  /** As many points as asked for from the same distribution as a dataset of a spec, drawn by a generator of their own. */
  fresh: (spec: DatasetSpec, dataset: Pick<Dataset, 'centers'>, examples: number, random: RandomState) => Points
}

/** Points along two outlines. */
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

/** The points of a spec: the same bits everywhere. */
export function makeDataset(spec: DatasetSpec): Dataset {
  return { ...generators[spec.dataset].make(spec), trainExamples: trainRows(spec) }
}

/** Points from the distribution of a spec's dataset, the next that a generator draws. */
export function drawFresh(spec: DatasetSpec, dataset: Dataset, examples: number, random: RandomState): Points {
  return generators[spec.dataset].fresh(spec, dataset, examples, random)
}
