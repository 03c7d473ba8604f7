/**
 * What a map keeps of a run: its final metrics, instability and churn, and when it first reached each accuracy. That is
 * enough for every color of a map and for any target, without the run's numbers.
 */
import type { ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'
import { column, type Numbers } from './numbers.ts'
import type { Run } from './result.ts'
import { describeRun } from './run.ts'

/** The quantities that the color of a map can show. */
export const mapColors = ['accuracy', 'instability', 'churn', 'epochs', 'loss'] as const
export type MapColor = (typeof mapColors)[number]

export interface MapRun {
  run: Run
  /** The mean churn of its last epochs; null if there is none, undefined if it was not measured. */
  churn: number | null | undefined
  /** Each epoch, from 1, whose test accuracy is higher than that of all before, with that accuracy. */
  records: readonly { epoch: number; accuracy: number }[]
}

/** What a map keeps of a run of an experiment. */
export function mapRun(spec: ExperimentSpec, numbers: Numbers, run: number, churn: MapRun['churn']): MapRun {
  let highest = -1
  const records: { epoch: number; accuracy: number }[] = []
  const rows = spec.examples - trainRows(spec)
  column(numbers, spec, run, 'testAccuracy').forEach((value, index) => {
    if (!(value > highest)) return
    highest = value
    // Accuracies are fractions of the test rows, which float32 rounds.
    records.push({ epoch: index + 1, accuracy: Math.round(value * rows) / rows })
  })
  const described = describeRun(spec, numbers, run)
  // The last predictions of a run that diverges are of no use.
  return { run: described, churn: described.diverged && churn !== undefined ? null : churn, records }
}

/** The first epoch, from 1, with at least a test accuracy; null if the run never gets there. */
export function epochsTo({ records }: Pick<MapRun, 'records'>, accuracy: number): number | null {
  return records.find((record) => record.accuracy >= accuracy)?.epoch ?? null
}

const valueOf: Readonly<Record<MapColor, (of: MapRun, target: number) => number | null>> = {
  accuracy: ({ run }) => run.final.testAccuracy,
  instability: ({ run }) => run.instability,
  churn: ({ churn }) => churn ?? null,
  epochs: epochsTo,
  loss: ({ run }) => run.final.testLoss,
}

/** The value of a run that a color shows; null if it has none, as after divergence. */
export function colorValue(color: MapColor, run: MapRun, target: number): number | null {
  // A run that diverged may have reached an accuracy before; but nobody would use it.
  return run.run.diverged ? null : valueOf[color](run, target)
}

/** Which values of a color are better. */
export const betterValues: Readonly<Record<MapColor, 'higher' | 'lower'>> = {
  accuracy: 'higher',
  instability: 'lower',
  churn: 'lower',
  epochs: 'lower',
  loss: 'lower',
}
