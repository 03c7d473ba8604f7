/**
 * The datasets by name: for each the defaults and limits of the fields that depend on it. Every page imports this table,
 * so it contains numbers only. How a dataset is made and described is one object in `datasets/generated/` or
 * `datasets/bundled/`.
 */
import { namesOf } from './names.ts'

interface DatasetLimits {
  /** The number of features of an example. */
  features: number
  /** The smallest, the default and the largest number of classes. */
  leastClasses: number
  classes: number
  mostClasses: number
  /** The default and the largest number of examples. */
  examples: number
  mostExamples: number
  /** The default of the field `noise`. */
  noise: number
  /** The marked values of the slider of `noise`, which ranges from the first to the last; none if nothing is drawn. */
  noiseStops: readonly number[]
  /** The default of the field `scaling`. */
  scaling: 'none' | 'standard'
  /** Whether the classes are clusters around centers, in which case the best rule is known: the nearest center. */
  hasCenters: boolean
  /** Whether the examples are the rows of a table. Otherwise they are drawn, and more can be drawn. */
  isTable: boolean
}

/** Examples that are drawn in the plane. */
const generated = {
  features: 2,
  leastClasses: 2,
  examples: 1000,
  mostExamples: 5000,
  scaling: 'none',
  hasCenters: false,
  isTable: false,
} as const
const twoClasses = { ...generated, classes: 2, mostClasses: 2 } as const

/**
 * Outlines are about 2 wide, while centers of clusters lie about 10 apart, so their sliders differ. Larger values can
 * still be typed.
 */
const outlineStops = [0, 0.1, 0.2, 0.3, 0.5, 1]

/** The rows of a table with the given numbers of rows, features and classes. */
function table(rows: number, features: number, classes: number) {
  const fixed = { leastClasses: classes, classes, mostClasses: classes, examples: rows, mostExamples: rows }
  return {
    ...fixed,
    features,
    noise: 0,
    noiseStops: [],
    scaling: 'standard',
    hasCenters: false,
    isTable: true,
  } as const
}

const published = {
  blobs: { ...generated, classes: 3, mostClasses: 10, noise: 2, noiseStops: [0, 1, 2, 4, 10], hasCenters: true },
  moons: { ...twoClasses, noise: 0.2, noiseStops: outlineStops },
  circles: { ...twoClasses, noise: 0.1, noiseStops: outlineStops },
  spirals: { ...generated, classes: 2, mostClasses: 5, noise: 0.3, noiseStops: [0, 0.1, 0.3, 0.5, 1, 2] },
  penguins: table(342, 4, 3),
  weather: table(1461, 4, 5),
  digits: table(1797, 64, 10),
  breastCancer: table(569, 30, 2),
} as const satisfies Record<string, DatasetLimits>

/** The datasets that come with Minibatch, by name. */
export const datasets: Readonly<Record<PublishedName, DatasetLimits>> = published

export type PublishedName = keyof typeof published
/** All datasets: those that come with Minibatch, and a table of the visitor's, which the browser alone trains on. */
export type DatasetName = PublishedName | 'own'
/** The published datasets whose examples are the rows of a table. */
export type TableName = {
  [Name in PublishedName]: (typeof published)[Name]['isTable'] extends true ? Name : never
}[PublishedName]
/** The names of the published datasets; the first is the default. */
export const datasetNames = namesOf(published)

/** Whether the examples of a dataset are the rows of a published table. */
export function isTable(name: DatasetName): name is TableName {
  return name !== 'own' && datasets[name].isTable
}

/** What the limits of a dataset depend on: for own data, the digest of the table. */
interface NamedDataset {
  dataset: DatasetName
  data?: string
}

/** The limits of the visitor's tables, by the digest of the table. */
const ownLimits = new Map<string, DatasetLimits>()
/** Of a table that is not there (the Worker has none): whatever any table allows. */
const anyTable: DatasetLimits = { ...table(5000, 2, 2), leastClasses: 2, mostClasses: 10 }

/** The limits of a spec's dataset. */
export function limitsOf({ dataset, data }: NamedDataset): DatasetLimits {
  if (dataset !== 'own') return datasets[dataset]
  return ownLimits.get(data ?? '') ?? anyTable
}

/** Whether the examples of a dataset are there or can be made: not so for a table of the visitor's that is not loaded. */
export function isAvailable({ dataset, data }: NamedDataset): boolean {
  return dataset !== 'own' || ownLimits.has(data ?? '')
}

/** Makes the size of a visitor's table known. */
export function addOwnLimits(data: string, size: { rows: number; features: number; classes: number }): void {
  ownLimits.set(data, table(size.rows, size.features, size.classes))
}

/** The names of the published datasets that match a condition, in words: `moons and circles`. */
export function datasetsInWords(matches: (dataset: DatasetLimits) => boolean): string {
  const names = datasetNames.filter((name) => matches(datasets[name]))
  return names.join(', ').replace(/, (\w+)$/, ' and $1')
}
