/** The answer for a sweep, with one row per experiment: its schema for JSON and its columns for CSV. */
import * as z from 'zod/mini'

import { equalities, type Equality } from '../spec/equal-work.ts'
import { about, cellText, valueOf } from '../spec/fields.ts'
import { mostExperiments } from '../spec/most-experiments.ts'
import { permalink } from '../spec/permalink.ts'
import { writeValue } from '../spec/query.ts'
import { specFields, type ExperimentSpec, type SpecField } from '../spec/spec.ts'
import { updates } from '../spec/training-size.ts'
import { floatText } from './decimal.ts'
import { Count, described, Summary, type FinalMetric } from './result.ts'

const fields = Object.keys(specFields) as [SpecField, ...SpecField[]]

/** Some fields of a spec as JSON. */
const Settings: z.ZodMiniType<Partial<ExperimentSpec>> = z.strictObject(
  Object.fromEntries(
    Object.entries(specFields).map(([field, codec]) => [
      field,
      z.optional(valueOf<z.ZodMiniType>(codec).check(z.describe(about.get(codec)?.description ?? ''))),
    ]),
  ),
)

const Row = z.strictObject({
  settings: described(Settings, 'The fields that vary, with the values that they have here.'),
  epochs: described(Count, 'How long each run trains.'),
  updates: described(Count, 'Optimizer updates of each run.'),
  summary: described(Summary, 'Statistics over the runs, as in the result of an experiment.'),
  digest: described(z.string(), 'SHA-256 of the spec and the engine’s version: what was asked.'),
  fingerprint: described(z.string(), 'SHA-256 of every number that came out.'),
  permalink: described(z.string(), 'The page that shows it, as a path with its query.'),
})

/** The answer for a sweep. */
export const SweepAnswer = z.strictObject({
  varied: described(z.array(z.enum(fields)), 'The fields that vary, at most two.'),
  equal: described(z.enum(equalities), 'What the experiments have alike: their epochs, or their updates.'),
  rows: described(
    z.array(Row).check(z.minLength(1), z.maxLength(mostExperiments.ofMap)),
    'One an experiment, in the order of the lists, of which the first varies slowest.',
  ),
})
export type SweepAnswer = z.output<typeof SweepAnswer>
export type SweepRow = z.output<typeof Row>

/** The row of one experiment. */
export function sweepRow(
  spec: ExperimentSpec,
  varied: readonly SpecField[],
  { summary, digest, fingerprint }: Pick<SweepRow, 'summary' | 'digest' | 'fingerprint'>,
): SweepRow {
  return {
    settings: Object.fromEntries(varied.map((field) => [field, spec[field]])),
    epochs: spec.epochs,
    updates: updates(spec),
    summary,
    digest,
    fingerprint,
    permalink: permalink(spec),
  }
}

const finalMetrics = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy'] as const satisfies FinalMetric[]
const percentiles = ['P25', 'P50', 'P75'] as const

/** The columns of the table after the varied fields: their names and the cell of each row. */
const columns: readonly (readonly [name: string, cell: (row: SweepRow) => string])[] = [
  ['epochs', ({ epochs }) => String(epochs)],
  ['updates', (row) => String(row.updates)],
  ['runs', ({ summary }) => String(summary.runs)],
  ['diverged', ({ summary }) => String(summary.diverged)],
  ['stillLearning', ({ summary }) => String(summary.stillLearning)],
  ...finalMetrics.flatMap((metric) =>
    (['mean', 'sd'] as const).map(
      (of) =>
        [
          `${metric}${of === 'mean' ? 'Mean' : 'Sd'}`,
          ({ summary }: SweepRow) => floatText(summary.final[metric][of]),
        ] as const,
    ),
  ),
  ['instabilityMean', ({ summary }) => floatText(summary.instability.mean)],
  ...percentiles.map(
    (name, at) =>
      [`instability${name}`, ({ summary }: SweepRow) => floatText(summary.instability.quartiles[at]!)] as const,
  ),
  ['epochsTo80Reached', ({ summary }) => String(summary.epochsTo80.reached)],
  ...percentiles.map(
    (name, at) =>
      [`epochsTo80${name}`, ({ summary }: SweepRow) => floatText(summary.epochsTo80.quartiles[at]!)] as const,
  ),
  ['digest', ({ digest }) => digest],
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['permalink', (row) => row.permalink],
]

/** The names of the columns that every table has after the varied fields. */
export const sweepColumns = columns.map(([name]) => name)

const lineEnd = '\r\n'

/**
 * The rows as CSV (RFC 4180): a column for each varied field, then those of {@link sweepColumns}. Counts are whole
 * numbers, statistics are floats, and a cell is empty if there is no number. No cell needs quotes or begins like a
 * spreadsheet's formula, since values of a spec are words and numbers without commas. No cell can be read as a date or
 * a time.
 */
export function sweepCsv({ varied, rows }: Pick<SweepAnswer, 'varied' | 'rows'>): string {
  // Every table has a column for the epochs already.
  const settings = varied.filter((field) => field !== 'epochs')
  const lines = rows.map((row) => [
    ...settings.map((field) => cellText(specFields[field], writeValue(specFields, field, row.settings[field]))),
    ...columns.map(([, cell]) => cell(row)),
  ])
  return [[...settings, ...sweepColumns], ...lines].map((cells) => cells.join(',') + lineEnd).join('')
}

/** The answer for a sweep, from its rows. */
export function sweepOf(varied: readonly SpecField[], equal: Equality, rows: readonly SweepRow[]): SweepAnswer {
  return { varied: [...varied], equal, rows: [...rows] }
}
