/**
 * Generates the dataset of a spec, fresh points of the same distribution, and the Python code that makes the dataset,
 * using one generator per dataset name.
 */
import { trainRows } from '#experiment/spec/training-size.ts'
import type { DatasetName } from '#methods/datasets.ts'

import { blobs, blobsInPython } from './generated/blobs.ts'
import { circles, circlesInPython } from './generated/circles.ts'
import { moons, moonsInPython } from './generated/moons.ts'
import type { DatasetSpec, GeneratedPoints, Generator, PythonDataset } from './generator.ts'
import type { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'

/** Labeled points. The first `trainExamples` of them are for training, the rest for testing. */
export interface Dataset extends GeneratedPoints {
  trainExamples: number
}

const generators: Readonly<Record<DatasetName, Generator>> = { blobs, moons, circles }
const inPython: Readonly<Record<DatasetName, PythonDataset>> = {
  blobs: blobsInPython,
  moons: moonsInPython,
  circles: circlesInPython,
}

/** Generates the dataset of a spec, with the same bits on every host. */
export function makeDataset(spec: DatasetSpec): Dataset {
  return { ...generators[spec.dataset].make(spec), trainExamples: trainRows(spec) }
}

/** Draws the next points of a random generator from the distribution of a spec's dataset. */
export function drawFresh(spec: DatasetSpec, dataset: Dataset, examples: number, random: RandomState): Points {
  return generators[spec.dataset].fresh(spec, dataset, examples, random)
}

/** The Python code that makes the dataset of a spec: its imports, and the lines that set `x` and `y`. */
export function datasetInPython(spec: DatasetSpec): { imports: string; lines: string } {
  return inPython[spec.dataset](spec)
}
