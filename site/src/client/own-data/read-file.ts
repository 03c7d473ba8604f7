/**
 * Reads a file or a pasted text as rows of cells: its encoding, what separates the cells, whether numbers have a decimal
 * comma, and whether the first line names the columns. What is odd is named with its line or column.
 */
import Papa from 'papaparse'

import { wholeNumber } from '#charts/text/format.ts'
import { missingTexts } from '#datasets/own/recipe.ts'

import { quoted } from '../logs/cells.ts'
import { encodingOf, headOf } from '../logs/file-text.ts'
import { UnreadableLog } from '../logs/log.ts'
import { booleanOf, dateOf, numberOf } from './cell-values.ts'

/** The file cannot be read as a table: the message says why. */
export class UnreadableTable extends Error {
  override name = 'UnreadableTable'
}

/** The rows of a file. */
export interface TableText {
  file: string
  encoding: string
  delimiter: string
  hasDecimalComma: boolean
  hasHeader: boolean
  /** The name of each column; no two are equal. */
  names: readonly string[]
  /** The cells of each row, as many as there are names, without the space around them. */
  rows: readonly (readonly string[])[]
  /** The line on which each row begins, counted from 1. */
  lines: readonly number[]
  remarks: readonly string[]
}

/** The largest file that is read, in bytes. */
export const mostBytes = 20_000_000
const megabytes = (bytes: number) => `${wholeNumber(Math.round(bytes / 1e6))} MB`
const delimiters = [',', ';', '\t', '|']
const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }
/** The lines from which the delimiter is guessed. */
const guessedLines = 30

/**
 * Reads a file.
 *
 * @throws UnreadableTable if it is empty, too large or not a table
 */
export async function readTableFile(file: File): Promise<TableText> {
  if (file.size === 0) throw new UnreadableTable(`${file.name} is empty.`)
  if (file.size > mostBytes)
    throw new UnreadableTable(
      `${file.name} has ${megabytes(file.size)}, and at most ${megabytes(mostBytes)} are read. At most 5,000 rows train anyway: choose a file with a sample of its rows.`,
    )
  const encoding = encodingOfTable(await headOf(file), file.name)
  return readTableText(new TextDecoder(encoding).decode(await file.arrayBuffer()), file.name, encoding)
}

function encodingOfTable(head: Uint8Array, name: string): string {
  try {
    return encodingOf(head)
  } catch (error) {
    if (!(error instanceof UnreadableLog)) throw error
    const [what = ''] = error.message.split('. ')
    throw new UnreadableTable(`${name} is no CSV or TSV file. ${what.replace(/\.$/, '')}.`)
  }
}

/**
 * Reads a text.
 *
 * @throws UnreadableTable if it is empty or not a table
 */
export function readTableText(given: string, file: string, encoding = 'utf-8'): TableText {
  const text = given.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  if (text.trim() === '') throw new UnreadableTable(`${file} is empty: it has no line with a value.`)
  const remarks: string[] = []
  const { rows: records, lines, delimiter } = parsed(text, file)
  const cells = records.map((record) => record.map((cell) => cell.trim()))
  const hasDecimalComma = delimiter !== ',' && cells.some((row) => row.some((cell) => /^[+-]?[\d.]*,\d+$/.test(cell)))
  const [first = []] = cells
  const hasHeader =
    first.every((cell) => !missingTexts.includes(cell.toLowerCase()) && isName(cell, hasDecimalComma)) ||
    first.some((cell) => cell !== '' && isName(cell, hasDecimalComma) && !isRepeated(cell, first, cells))
  const width = hasHeader ? headerWidth(first) : mostCommonLength(cells)
  if (width < 2)
    throw new UnreadableTable(
      `${file} has one column${hasHeader ? `, ${quoted(first[0] ?? '')}` : ''}. A table to train on needs a label and at least one feature, separated by commas, semicolons or tabs.`,
    )
  const names = hasHeader ? uniqueNames(first.slice(0, width), remarks) : first.map((_, index) => `column ${index + 1}`)
  while (names.length < width) names.push(`column ${names.length + 1}`)
  const [body, bodyLines] = hasHeader ? [cells.slice(1), lines.slice(1)] : [cells, lines]
  if (body.length === 0) throw new UnreadableTable(`${file} has a header and no other line.`)
  remarkLengths(body, bodyLines, width, remarks)
  const rows = body.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''))
  if (!hasHeader) remarks.push('The first line has values, so the columns are numbered.')
  return { file, encoding, delimiter, hasDecimalComma, hasHeader, names, rows, lines: bodyLines, remarks }
}

/** Whether a cell of the first line looks like the name of a column: it is no value that the lines below could have. */
function isName(cell: string, hasDecimalComma: boolean): boolean {
  return Number.isNaN(numberOf(cell, hasDecimalComma)) && Number.isNaN(booleanOf(cell)) && Number.isNaN(dateOf(cell))
}

/** Whether a text of the first line is also in its column further down. */
function isRepeated(cell: string, first: readonly string[], cells: readonly (readonly string[])[]): boolean {
  const column = first.indexOf(cell)
  return cells.slice(1).some((row) => row[column] === cell)
}

/** The records of a text that are not empty, and the line on which each begins. */
function parsed(text: string, file: string) {
  const head = text.split('\n').slice(0, guessedLines).filter(Boolean)
  const delimiter = delimiterOf(head)
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' })
  const rows: string[][] = []
  const lines: number[] = []
  let line = 1
  let last = 1
  for (const record of data) {
    last = line
    line += 1 + record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)
    if (record.every((cell) => cell.trim() === '')) continue
    rows.push(record)
    lines.push(last)
  }
  if (errors.some(({ code }) => code === 'MissingQuotes'))
    throw new UnreadableTable(
      `${file}: the line ${wholeNumber(lines.at(-1) ?? 1)} opens a quotation mark that is never closed, which takes the rest of the file into one cell.`,
    )
  return { rows, lines, delimiter }
}

/** The delimiter that every line has equally often; commas last, which numbers may have; else the one that papaparse guesses. */
function delimiterOf(head: readonly string[]): string {
  const even = ['\t', ';', '|'].find((mark) => {
    const counts = head.map((line) => line.split(mark).length)
    return counts[0]! > 1 && counts.every((count) => count === counts[0])
  })
  if (even) return even
  if (!head.some((line) => delimiters.some((mark) => line.includes(mark)))) return ','
  return Papa.parse(head.join('\n'), { delimitersToGuess: delimiters, preview: guessedLines }).meta.delimiter
}

/** The columns of a header, without empty ones at the end. */
function headerWidth(header: readonly string[]): number {
  let width = header.length
  while (width > 0 && header[width - 1] === '') width--
  return width
}

function mostCommonLength(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

function uniqueNames(header: readonly string[], remarks: string[]): string[] {
  const names: string[] = []
  header.forEach((cell, index) => {
    const name = cell.replaceAll(/\s+/g, ' ') || `column ${index + 1}`
    let unique = name
    for (let count = 2; names.includes(unique); count++) unique = `${name} (${count})`
    if (unique !== name)
      remarks.push(`The header has ${quoted(name)} more than once: column ${index + 1} is called ${quoted(unique)}.`)
    names.push(unique)
  })
  return names
}

/** Names the rows that have fewer or more cells than there are columns. */
function remarkLengths(
  rows: readonly (readonly string[])[],
  lines: readonly number[],
  width: number,
  remarks: string[],
): void {
  const short = lines.filter((_, row) => rows[row]!.length < width)
  const long = lines.filter((_, row) => rows[row]!.slice(width).some((cell) => cell !== ''))
  if (short.length)
    remarks.push(`${linesInWords(short)} fewer cells than there are columns: the missing ones count as empty.`)
  if (long.length) remarks.push(`${linesInWords(long)} more cells than there are columns: the rest was left out.`)
}

/** `Line 4 has`, `Line 4 and 11 more have` */
function linesInWords(lines: readonly number[]): string {
  const more = lines.length - 1
  return `Line ${wholeNumber(lines[0]!)} ${more ? `and ${wholeNumber(more)} more have` : 'has'}`
}

/** How a text was read, in words: `semicolons between the cells, decimal commas`. */
export function styleInWords({ delimiter, hasDecimalComma, encoding }: TableText): string {
  return [
    `${delimiterNames[delimiter] ?? 'comma'}s between the cells`,
    ...(hasDecimalComma ? ['decimal commas'] : []),
    ...(encoding === 'utf-8' ? [] : [encoding]),
  ].join(', ')
}
