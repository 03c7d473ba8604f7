/** The terms of a training's log: its columns of numbers, and what each of them is used for. */

/** A column of numbers: NaN where nothing was logged, ±Infinity where the program logged `nan` or `inf`. */
export interface LogColumn {
  name: string
  values: Float64Array
}

/** Where the rows of a log stand in its file: in lines of a table, or in entries of a JSON list. */
export interface RowPositions {
  unit: 'line' | 'entry'
  /** The position of each row, counted from 1. */
  at: ArrayLike<number>
}

/** Columns of equal length, as they were read. */
export interface LogTable {
  columns: readonly LogColumn[]
  positions: RowPositions
}

/** What a column can be used for. */
export const logRoles = {
  x: 'Epoch or step',
  validation: 'Validation metric',
  train: 'Training metric',
  validationLoss: 'Validation loss',
  trainLoss: 'Training loss',
  gradientNorm: 'Gradient norm',
  otherGradientNorm: 'Gradient norm at another batch size',
} as const

export type LogRole = keyof typeof logRoles

/** The name of the column for each role; undefined where the log has none. */
export type LogRoles = Readonly<Record<LogRole, string | undefined>>

/** The log of one training. */
export interface TrainingLog extends LogTable {
  /** The file's name, and that of the run if the file has several. */
  name: string
  /** The title of its format. */
  format: string
  roles: LogRoles
}

/** What was read from one file: a log for each run in it, and a sentence for everything that was not read as it is. */
export interface LogFile {
  name: string
  logs: readonly TrainingLog[]
  remarks: readonly string[]
}

/** Why a file cannot be read, as a sentence for the reader. */
export class UnreadableLog extends Error {}
