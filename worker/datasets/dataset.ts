/**
 * The dataset of a spec: its points, and how they are split. One generator per name.
 */
import { trainRows } from '#experiment/spec/training-size.ts'
import type { DatasetName } from '#methods/datasets.ts'

import { blobs } from './generated/blobs.ts'
import { circles } from './generated/circles.ts'
import { moons } from './generated/moons.ts'
import type { DatasetSpec, GeneratedPoints, Generator } from './generator.ts'
import type { RandomState } from './numpy-random.ts'
import type { Points } from './points.ts'

/** Labeled points; the first `trainExamples` train, the rest test. */
export interface Dataset extends GeneratedPoints {
  trainExamples: number
}

const generators: Readonly<Record<DatasetName, Generator>> = { blobs, moons, circles }

/** The points of a spec: the same bits everywhere. */
export function makeDataset(spec: DatasetSpec): Dataset {
  return { ...generators[spec.dataset].make(spec), trainExamples: trainRows(spec) }
}

/** Points from the distribution of a spec's dataset, the next that a generator draws. */
export function drawFresh(spec: DatasetSpec, dataset: Dataset, examples: number, random: RandomState): Points {
  return generators[spec.dataset].fresh(spec, dataset, examples, random)
}

/** Python that makes the points of a spec: its imports, and lines that set `x` and `y`. */
export function datasetInPython(spec: DatasetSpec): { imports: string; lines: string } {
  return generators[spec.dataset].python(spec)
}
