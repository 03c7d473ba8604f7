/**
 * Five predictions that the tutorial's clouds suggest for other data. Each compares two settings by one quantity, so that
 * the prediction says which of the two has more of it.
 */
import { completeSpec } from '#experiment/spec/spec.ts'
import { trainRows } from '#experiment/spec/training-size.ts'

import type { SplitDifference, SplitQuantity } from './splits.ts'

/** The tables on which the predictions are tried, and their names in the heading. */
export const tables = {
  penguins: 'penguins',
  weather: 'weather',
  digits: 'digits',
  breastCancer: 'cancer',
} as const

export type TriedTable = keyof typeof tables

/** A prediction: the first setting has more of a quantity than the second. */
export interface TablePrediction {
  text: string
  quantity: SplitQuantity
  /** What the difference is of, for the caption of the cells. */
  unit: string
  /** The two settings as queries without the data. */
  first: (rows: number) => string
  second: (rows: number) => string
  /** How much more: a difference that is called a failure is at least 5 points. */
  moreThan: number
}

const epochs = 'epochs=100'

/** The predictions by their names in the tests. */
export const predictions = {
  faster: {
    text: 'After 5 epochs, batch size 4 is more accurate than the full batch.',
    quantity: 'testAccuracy',
    unit: 'accuracy, 4 minus full',
    first: () => 'batchSize=4&epochs=5',
    second: () => 'batchSize=full&epochs=5',
    moreThan: 0,
  },
  rougher: {
    text: 'After 100 epochs, batch size 4 is rougher than 32.',
    quantity: 'instability',
    unit: 'instability, 4 minus 32',
    first: () => `batchSize=4&${epochs}`,
    second: () => `batchSize=32&${epochs}`,
    moreThan: 0,
  },
  lastBatch: {
    text: 'A last batch of a single example is rougher than the full batch.',
    quantity: 'instability',
    unit: 'instability, all but one minus full',
    first: (rows) => `batchSize=${rows - 1}&${epochs}`,
    second: () => `batchSize=full&${epochs}`,
    moreThan: 0,
  },
  fails: {
    text: 'Batch size 1 fails at a learning rate of 0.01: it ends at least 5 points below 0.001.',
    quantity: 'testAccuracy',
    unit: 'accuracy, 0.001 minus 0.01',
    first: () => `batchSize=1&learningRate=0.001&${epochs}`,
    second: () => `batchSize=1&${epochs}`,
    moreThan: 0.05,
  },
  remedy: {
    text: 'At batch size 4, a learning rate that falls along a cosine ends more accurate.',
    quantity: 'testAccuracy',
    unit: 'accuracy, cosine minus constant',
    first: () => `batchSize=4&learningRateSchedule=cosine&${epochs}`,
    second: () => `batchSize=4&${epochs}`,
    moreThan: 0,
  },
} as const satisfies Record<string, TablePrediction>

/** The two queries of a prediction on a table. */
export function queriesOf({ first, second }: TablePrediction, table: TriedTable): [first: string, second: string] {
  const rows = trainRows(completeSpec({ dataset: table }))
  return [`dataset=${table}&${first(rows)}`, `dataset=${table}&${second(rows)}`]
}

/** Whether a prediction held: its whole interval is beyond the bound, or all runs of the second setting diverged. */
export function held({ moreThan }: TablePrediction, { interval, diverged }: SplitDifference, runs: number): boolean {
  return interval.low > moreThan || (diverged.second === runs && diverged.first === 0)
}
