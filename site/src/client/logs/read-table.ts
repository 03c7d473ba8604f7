/**
 * Reads a table from text in pieces: comma, semicolon, tab, bar or space between the cells, quotation marks, decimal
 * commas, with or without a header. Everything that is not read as a number is named in a sentence, with its line and
 * its column.
 */
import Papa from 'papaparse'

import { wholeNumber } from '#charts/text/format.ts'

import { quoted, readCell } from './cells.ts'
import type { TextPiece } from './file-text.ts'
import { GrowingTable } from './growing-table.ts'
import { UnreadableLog, type LogTable } from './log.ts'

/** What may stand between two cells, the likeliest first. */
const delimiters = [',', ';', '\t', '|']
const evenDelimiters = [';', '\t', '|']
/** The lines from which the delimiter is guessed. */
const guessedLines = 30
/**
 * The most characters of a record. One that is longer comes from a quotation mark that is never closed, which would
 * otherwise take the rest of the file into one cell.
 */
const longestRecord = 200_000
/** A quotation mark that no text contains, for files whose marks are read as ordinary characters. */
const noQuote = '\uFFFF'

/** A table, and a sentence for everything that was not read as it is. */
export interface ReadTable {
  table: LogTable
  remarks: string[]
}

/**
 * Reads all pieces of a text as a table.
 *
 * @param onProgress called with the share that is read
 * @throws UnreadableLog if there is nothing to read
 */
export async function readTable(
  pieces: () => AsyncIterable<TextPiece>,
  onProgress: (share: number) => void,
): Promise<ReadTable> {
  try {
    return await readWith(pieces, onProgress, '"')
  } catch (error) {
    if (!(error instanceof UnclosedQuote)) throw error
    const read = await readWith(pieces, onProgress, noQuote)
    const remark = `Line ${wholeNumber(error.line)} opens a quotation mark that is never closed, so quotation marks are read as ordinary characters.`
    return { ...read, remarks: [remark, ...read.remarks] }
  }
}

/** A quotation mark that is not closed, with the line on which its record begins. */
class UnclosedQuote extends Error {
  readonly line: number

  constructor(line: number) {
    super()
    this.line = line
  }
}

async function readWith(
  pieces: () => AsyncIterable<TextPiece>,
  onProgress: (share: number) => void,
  quoteChar: string,
): Promise<ReadTable> {
  let records: Records | undefined
  let rest = ''
  for await (const { text, done, isLast } of pieces()) {
    rest += text
    if (!records) {
      // A header, and lines to guess from.
      if (!isLast && rest.length < longestRecord / 4) continue
      records = new Records(styleOf(rest))
    }
    const parser = new Papa.Parser({ delimiter: records.style.delimiter, newline: '\n', quoteChar })
    const { data, errors, meta } = parser.parse(rest, 0, !isLast) as Papa.ParseResult<string[]>
    records.add(data)
    const isUnclosed = errors.some(({ code }) => code === 'MissingQuotes')
    rest = isLast ? '' : rest.slice(meta.cursor)
    if (isUnclosed || rest.length > longestRecord) {
      if (quoteChar === noQuote) throw new UnreadableLog(`Line ${wholeNumber(records.line)} is too long for a log.`)
      throw new UnclosedQuote(isUnclosed ? records.lastLine : records.line)
    }
    onProgress(done)
  }
  if (!records) throw new UnreadableLog('This file is empty.')
  return records.finish()
}

/** How the cells of a table are separated and its numbers are written. */
interface Style {
  delimiter: string
  hasDecimalComma: boolean
}

/** Guesses the style of a table from its beginning. */
function styleOf(head: string): Style {
  const lines = head.split('\n').slice(0, guessedLines)
  const filled = lines.filter((line) => line.trim() !== '')
  // "0,83" below "0,81": one column of decimals rather than two of whole numbers, of which the first would count up.
  const pairs = filled.map((line) => /^\s*(-?\d*),(\d+)\s*$/.exec(line))
  const isOneColumn = !filled[0]?.includes(',') || pairs[0]
  if (isOneColumn && pairs.length > 1 && pairs.slice(1).every(Boolean)) {
    const firsts = pairs.flatMap((pair) => (pair ? [Number(pair[1])] : []))
    const counts = firsts.every((first, index) => index === 0 || first > firsts[index - 1]!)
    if (!counts) return { delimiter: '\t', hasDecimalComma: true }
  }
  // A mark that every line has as often as the header; commas last, which numbers may have.
  const even = evenDelimiters.find((mark) => {
    const counts = filled.map((line) => line.split(mark).length)
    return counts[0]! > 1 && counts.every((count) => count === counts[0])
  })
  const { meta } = Papa.parse(lines.join('\n'), { delimitersToGuess: delimiters, preview: guessedLines })
  const delimiter = even ?? meta.delimiter
  if (filled.some((line) => line.includes(delimiter))) return { delimiter, hasDecimalComma: delimiter !== ',' }
  const isSpaced = filled.length > 0 && filled.every((line) => /^\S+( \S+)+$/.test(line.trim()))
  return { delimiter: isSpaced ? ' ' : '\t', hasDecimalComma: true }
}

/** The records of a table, as they are added. */
class Records {
  /** The line at which the next record begins. */
  line = 1
  /** The line at which the last record begins. */
  lastLine = 1
  #table: GrowingTable | undefined
  #header: string | undefined
  readonly #remarks: string[] = []
  #commentLines: number[] = []
  #repeatedHeaders: number[] = []
  readonly style: Style

  constructor(style: Style) {
    this.style = style
  }

  add(records: readonly string[][]): void {
    for (const record of records) {
      this.lastLine = this.line
      this.line += 1
      // A quoted cell may contain line breaks.
      for (const cell of record) if (cell.includes('\n')) this.line += cell.split('\n').length - 1
      if (record.every((cell) => cell.trim() === '')) continue
      if (this.#table === undefined) this.#begin(record)
      else this.#addRow(this.#table, record)
    }
  }

  finish(): ReadTable {
    if (!this.#table) throw new UnreadableLog('This file is empty: it has no line with a value.')
    if (this.#commentLines.length > 0)
      this.#remarks.push(`${linesInWords(this.#commentLines)} began with # and were left out as comments.`)
    if (this.#repeatedHeaders.length > 0)
      this.#remarks.push(`${linesInWords(this.#repeatedHeaders)} repeated the header, so another run may begin there.`)
    return { table: this.#table.finish(this.#remarks), remarks: this.#remarks }
  }

  #read(cell: string): number | undefined {
    return readCell(cell, this.style.hasDecimalComma)
  }

  /** The first record: a header, or numbers. */
  #begin(record: string[]): void {
    const isHeader = record.some((cell) => this.#read(cell) === undefined)
    if (!isHeader) {
      this.#table = new GrowingTable(record.map((_, index) => `column ${index + 1}`))
      this.#addRow(this.#table, record)
      return
    }
    this.#header = record.join('\n')
    const names: string[] = []
    record.forEach((cell, index) => {
      const name = cell.replace(index === 0 ? /^[\s#\uFEFF]+/ : /^\s+/, '').trim() || `column ${index + 1}`
      const count = names.filter((other) => other === name || other.startsWith(`${name} (`)).length
      const unique = names.includes(name) ? uniqueName(name, names, count + 1) : name
      if (unique !== name)
        this.#remarks.push(`The header has ${quoted(name)} twice; column ${index + 1} is called ${quoted(unique)}.`)
      names.push(unique)
    })
    this.#table = new GrowingTable(names)
  }

  #addRow(table: GrowingTable, record: readonly string[]): void {
    if (record[0]!.trimStart().startsWith('#') && this.#read(record[0]!) === undefined) {
      this.#commentLines.push(this.lastLine)
      return
    }
    if (record.join('\n') === this.#header) {
      this.#repeatedHeaders.push(this.lastLine)
      return
    }
    table.addRow(record, this.lastLine, (cell) => this.#read(cell))
  }
}

function uniqueName(name: string, names: readonly string[], from: number): string {
  let count = from
  while (names.includes(`${name} (${count})`)) count++
  return `${name} (${count})`
}

/** `Line 4`, `Lines 4 and 9`, `Lines 4, 9 and 12 more`. */
function linesInWords(lines: readonly number[]): string {
  const [first = 0, second] = lines
  if (second === undefined) return `Line ${wholeNumber(first)}`
  if (lines.length === 2) return `Lines ${wholeNumber(first)} and ${wholeNumber(second)}`
  return `Lines ${wholeNumber(first)}, ${wholeNumber(second)} and ${wholeNumber(lines.length - 2)} more`
}
