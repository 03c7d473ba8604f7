/** A table of numbers that grows row by row, in memory of eight bytes a cell. */
import { wholeNumber } from '#charts/text/format.ts'

import { isFormula, quoted } from './cells.ts'
import { UnreadableLog, type LogTable } from './log.ts'

/** The first cell of a column that is no number, and the number of such cells. */
interface UnreadCell {
  count: number
  line: number
  cell: string
}

/** Cells beyond this number would need more memory than a page should take: 400 MB. */
const mostCells = 50_000_000
/** The most columns: a record with more is no log, but one long line. */
const mostColumns = 2000

interface GrowingColumn {
  name: string
  values: Float64Array
  /** The number of cells with a value, finite or not. */
  filled: number
  unread: UnreadCell | undefined
}

export class GrowingTable {
  readonly #columns: GrowingColumn[]
  #lines = new Uint32Array(64)
  #rows = 0
  /** The first line with more cells than the header, and the number of such lines. */
  #tooLong: { line: number; cells: number; count: number } | undefined

  constructor(names: readonly string[]) {
    if (names.length > mostColumns)
      throw new UnreadableLog(
        `Line 1 has ${wholeNumber(names.length)} columns; a log has at most ${wholeNumber(mostColumns)}.`,
      )
    this.#columns = names.map((name) => ({ name, values: new Float64Array(64), filled: 0, unread: undefined }))
  }

  addRow(record: readonly string[], line: number, read: (cell: string) => number | undefined): void {
    if (this.#rows * this.#columns.length > mostCells)
      throw new UnreadableLog(
        `This log has more than ${wholeNumber(mostCells)} values; the page reads no more. Line ${wholeNumber(line)} is the first beyond.`,
      )
    if (this.#rows === this.#lines.length) this.#grow()
    const row = this.#rows++
    this.#lines[row] = line
    for (const [index, column] of this.#columns.entries()) {
      const cell = record[index]
      const value = cell === undefined ? NaN : read(cell)
      column.values[row] = value ?? NaN
      if (value === undefined)
        column.unread = { line, cell: cell!, ...column.unread, count: (column.unread?.count ?? 0) + 1 }
      else if (!Number.isNaN(value)) column.filled++
    }
    const extra = record.slice(this.#columns.length).filter((cell) => cell.trim() !== '').length
    if (extra > 0)
      this.#tooLong = { line, cells: record.length, ...this.#tooLong, count: (this.#tooLong?.count ?? 0) + 1 }
  }

  /**
   * The table without its columns that have no number. What is left out is added to the remarks.
   *
   * @throws UnreadableLog if no column has a number
   */
  finish(remarks: string[]): LogTable {
    const rows = wholeNumber(this.#rows)
    for (const { name, filled, unread } of this.#columns) {
      if (filled === 0 && unread) {
        const of = `Column ${quoted(name)} has no numbers, but texts such as ${quoted(unread.cell)} (line ${wholeNumber(unread.line)})`
        remarks.push(`${of}; it is left out.`)
      } else if (filled === 0) remarks.push(`Column ${quoted(name)} is empty in all ${rows} rows.`)
      else if (unread) remarks.push(unreadInWords(name, unread))
    }
    if (this.#tooLong) {
      const { line, cells, count } = this.#tooLong
      const more = count > 1 ? `, and so have ${wholeNumber(count - 1)} more lines` : ''
      remarks.push(
        `Line ${wholeNumber(line)} has ${wholeNumber(cells)} values for ${wholeNumber(this.#columns.length)} columns${more}; the last ones are left out.`,
      )
    }
    const filled = this.#columns.filter((column) => column.filled > 0)
    if (filled.length === 0) {
      const [first] = this.#columns
      const text = first?.unread ? ` Line ${wholeNumber(first.unread.line)} says ${quoted(first.unread.cell)}.` : ''
      throw new UnreadableLog(
        this.#rows === 0
          ? `This log has a header, ${quoted(this.#columns.map(({ name }) => name).join(', '))}, but no line below it.`
          : `No column of this file has numbers.${text}`,
      )
    }
    return {
      columns: filled.map(({ name, values }) => ({ name, values: values.subarray(0, this.#rows) })),
      positions: { unit: 'line', at: this.#lines.subarray(0, this.#rows) },
    }
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#lines.length)
    larger.set(this.#lines)
    this.#lines = larger
    for (const column of this.#columns) {
      const values = new Float64Array(larger.length)
      values.set(column.values)
      column.values = values
    }
  }
}

/** A sentence about the cells of a column that are no numbers. */
function unreadInWords(column: string, { count, line, cell }: UnreadCell): string {
  const more = count > 1 ? `, like ${wholeNumber(count - 1)} more in this column` : ''
  return isFormula(cell)
    ? `Line ${wholeNumber(line)}, column ${quoted(column)}: ${quoted(cell)} is a formula, whose value is not in the file; it is left out${more}.`
    : `Line ${wholeNumber(line)}, column ${quoted(column)}: ${quoted(cell)} is not a number; it is left out${more}.`
}
