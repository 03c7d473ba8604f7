/**
 * The datasets by name, one object each: the defaults and limits of the fields that depend on it. How the points are drawn,
 * and the same in Python, is in `datasets/generated/`; the table of `datasets/dataset.ts` has one generator per name.
 */
import { namesOf } from './names.ts'

interface DatasetChoice {
  /** How many classes it has by default, and the most that it can have; the least is 2. */
  classes: number
  mostClasses: number
  /** The default of the field `noise`. */
  noise: number
  /** Marks of its slider, which goes from the first to the last. */
  noiseStops: readonly number[]
  /** Whether the classes are clusters around centers, so that the best rule is known: the nearest center. */
  hasCenters: boolean
}

/** Outlines are about 2 wide, clusters lie about 10 apart: their sliders differ, and what is typed may go further. */
const outlineStops = [0, 0.1, 0.2, 0.3, 0.5, 1]

export const datasets = {
  blobs: { classes: 3, mostClasses: 10, noise: 2, noiseStops: [0, 1, 2, 4, 10], hasCenters: true },
  moons: { classes: 2, mostClasses: 2, noise: 0.2, noiseStops: outlineStops, hasCenters: false },
  circles: { classes: 2, mostClasses: 2, noise: 0.1, noiseStops: outlineStops, hasCenters: false },
} as const satisfies Record<string, DatasetChoice>

export type DatasetName = keyof typeof datasets
/** The names; the first is the default. */
export const datasetNames = namesOf(datasets)

/** The names of datasets that have something in common, in words: `moons and circles`. */
export function datasetsInWords(isMeant: (dataset: DatasetChoice) => boolean): string {
  const names = datasetNames.filter((name) => isMeant(datasets[name]))
  return names.join(', ').replace(/, (\w+)$/, ' and $1')
}
