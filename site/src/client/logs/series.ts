/** The values of a metric along a training: the rows of its log that have one. */
import type { LogColumn, RowPositions, TrainingLog } from './log.ts'
import { isSuperseded } from './restarts.ts'
import { betterOf, type Better } from './roles.ts'

/** A metric along a training. Values are ±Infinity where the program logged `nan` or `inf`. */
export interface MetricSeries {
  /** The name of the metric, as the log spells it. */
  name: string
  /** The name of the horizontal axis: that of a column, or `row`. */
  xName: string
  better: Better
  /** Whether the values are shares between 0 and 1, such as accuracies. Percentages are converted. */
  isShare: boolean
  x: Float64Array
  y: Float64Array
  /** Where each value stands in the file. */
  positions: RowPositions
  /** Values that a resumed training replaced; they are drawn, and count nowhere else. */
  replaced: { x: Float64Array; y: Float64Array }
}

/** The values of a column; undefined if the log has no such column or no value in it. */
export function seriesOf(log: TrainingLog, name: string | undefined, better?: Better): MetricSeries | undefined {
  const column = log.columns.find((other) => other.name === name)
  if (!column) return undefined
  const axis = log.columns.find((other) => other.name === log.roles.x && other !== column)
  const rows = rowsWith(column.values, axis?.values)
  if (rows.length === 0) return undefined
  const betterValue = better ?? betterOf(column)
  const scale = betterValue === 'higher' && isPercent(column) ? 1 / 100 : 1
  const x = new Float64Array(rows.length)
  const y = new Float64Array(rows.length)
  for (const [index, row] of rows.entries()) {
    x[index] = axis ? axis.values[row]! : row + 1
    y[index] = column.values[row]! * scale
  }
  const old = axis && isSuperseded(x)
  const part = (values: Float64Array, isOld: 0 | 1) => values.filter((_, index) => old![index] === isOld)
  const own = old ? part(y, 0) : y
  const kept = old ? rows.filter((_, index) => old[index] === 0) : rows
  return {
    name: column.name,
    xName: axis?.name ?? 'row',
    better: betterValue,
    isShare: betterValue === 'higher' && own.every((value) => !Number.isFinite(value) || (value >= 0 && value <= 1)),
    x: old ? part(x, 0) : x,
    y: own,
    positions: { unit: log.positions.unit, at: kept.map((row) => log.positions.at[row]!) },
    replaced: old ? { x: part(x, 1), y: part(y, 1) } : { x: nothing, y: nothing },
  }
}

const nothing = new Float64Array()

/** The rows that have a value, and a place on the axis. */
function rowsWith(values: Float64Array, axis: Float64Array | undefined): Uint32Array {
  const rows = new Uint32Array(values.length)
  let count = 0
  for (let row = 0; row < values.length; row++)
    if (!Number.isNaN(values[row]) && (!axis || Number.isFinite(axis[row]))) rows[count++] = row
  return rows.subarray(0, count)
}

/** Whether a column contains accuracies and the like as percentages. */
function isPercent({ name, values }: LogColumn): boolean {
  let most = -Infinity
  let least = Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    most = Math.max(most, value)
    least = Math.min(least, value)
  }
  return /acc|f1|precision|recall|auc|top.?\d|%/i.test(name) && least >= 0 && most > 1.5 && most <= 100
}
