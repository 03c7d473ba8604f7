/**
 * Trainings that were started again within one log: where the epoch falls. A fall to the beginning is another run, and
 * one into the middle is a training that was resumed from a checkpoint.
 */
import { wholeNumber } from '#charts/text/format.ts'

import { quoted } from './cells.ts'
import type { LogTable } from './log.ts'

/** A log's rows, from one on and up to another. */
interface Rows {
  from: number
  to: number
}

/** The runs of a log, with a sentence for each place where a training was started again. */
export interface SplitLog {
  runs: LogTable[]
  remarks: string[]
}

/**
 * Splits a log into its runs. Rows that a resumed training repeats stay in the log; {@link isSuperseded} tells them.
 *
 * @param xName the column with the epoch or step
 */
export function splitRuns(table: LogTable, xName: string | undefined): SplitLog {
  const x = table.columns.find(({ name }) => name === xName)
  if (!x) return { runs: [table], remarks: [] }
  const { unit, at } = table.positions
  const remarks: string[] = []
  const runs: Rows[] = []
  let from = 0
  let first = NaN
  let last = NaN
  for (let row = 0; row < x.values.length; row++) {
    const value = x.values[row]!
    if (!Number.isFinite(value)) continue
    if (value < last) {
      const where = `${unit === 'line' ? 'Line' : 'Entry'} ${wholeNumber(at[row]!)}: ${quoted(x.name)} falls from ${last} to ${value}`
      if (value <= first) {
        remarks.push(`${where}. A second run begins there, and both are shown.`)
        runs.push({ from, to: row })
        from = row
        first = value
      } else
        remarks.push(
          `${where}, so the training was resumed. What it repeats is drawn thin and counts once, as it was last.`,
        )
    }
    if (Number.isNaN(first)) first = value
    last = value
  }
  runs.push({ from, to: x.values.length })
  const kept = runs.filter(({ from: start, to }) => to > start)
  return { runs: kept.length > 1 ? kept.map((rows) => slice(table, rows)) : [table], remarks: inShort(remarks) }
}

/** At most this many sentences of one kind. */
const mostRemarks = 5

function inShort(remarks: string[]): string[] {
  if (remarks.length <= mostRemarks) return remarks
  const more = remarks.length - mostRemarks
  return [...remarks.slice(0, mostRemarks), `The training was started again ${wholeNumber(more)} more times.`]
}

function slice({ columns, positions }: LogTable, { from, to }: Rows): LogTable {
  return {
    columns: columns.map(({ name, values }) => ({ name, values: values.subarray(from, to) })),
    positions: { unit: positions.unit, at: Array.prototype.slice.call(positions.at, from, to) as number[] },
  }
}

/**
 * For each point, whether a later one is at the same place or before it: the training was resumed and repeats it.
 * Undefined if that is true of none.
 */
export function isSuperseded(x: Float64Array): Uint8Array | undefined {
  let flags: Uint8Array | undefined
  let least = Infinity
  for (let index = x.length - 1; index >= 0; index--) {
    if (x[index]! >= least) {
      flags ??= new Uint8Array(x.length)
      flags[index] = 1
    } else least = x[index]!
  }
  return flags
}
