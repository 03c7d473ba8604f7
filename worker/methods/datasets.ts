/**
 * The datasets by name, one object each: the defaults and limits of the fields that depend on the dataset.
 * `datasets/generated/` contains their generators and the same in Python; the table in `datasets/dataset.ts` has one
 * generator per name.
 */
import { namesOf } from './names.ts'

interface DatasetChoice {
  /** The number of features of an example. */
  features: number
  /** The default and the largest number of classes; the smallest is 2. */
  classes: number
  mostClasses: number
  /** The default of the field `noise`. */
  noise: number
  /** The marked values of the slider of `noise`, which ranges from the first to the last of them. */
  noiseStops: readonly number[]
  /** Whether the classes are clusters around centers, in which case the best rule is known: the nearest center. */
  hasCenters: boolean
}

/**
 * Outlines are about 2 wide, while centers of clusters lie about 10 apart, so their sliders differ. Larger values can
 * still be typed.
 */
const outlineStops = [0, 0.1, 0.2, 0.3, 0.5, 1]

export const datasets = {
  blobs: { features: 2, classes: 3, mostClasses: 10, noise: 2, noiseStops: [0, 1, 2, 4, 10], hasCenters: true },
  moons: { features: 2, classes: 2, mostClasses: 2, noise: 0.2, noiseStops: outlineStops, hasCenters: false },
  circles: { features: 2, classes: 2, mostClasses: 2, noise: 0.1, noiseStops: outlineStops, hasCenters: false },
} as const satisfies Record<string, DatasetChoice>

export type DatasetName = keyof typeof datasets
/** The names; the first is the default. */
export const datasetNames = namesOf(datasets)

/** The names of the datasets that match a condition, in words: `moons and circles`. */
export function datasetsInWords(matches: (dataset: DatasetChoice) => boolean): string {
  const names = datasetNames.filter((name) => matches(datasets[name]))
  return names.join(', ').replace(/, (\w+)$/, ' and $1')
}
