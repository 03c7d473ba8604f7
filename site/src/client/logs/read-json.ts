/**
 * Reads JSON as training programs write it: with `NaN` and `Infinity`, which Python writes and the standard forbids, as a
 * dictionary printed by Python, and as one object per line.
 */
import { wholeNumber } from '#charts/text/format.ts'

import { quoted, readCell } from './cells.ts'
import { UnreadableLog, type LogColumn, type LogTable } from './log.ts'

/** The largest JSON file that is read, in bytes. It is parsed in one piece, so a larger one would block the page. */
const mostJson = 32_000_000

/** Whether a text is JSON rather than a table. */
export function looksLikeJson(head: string): boolean {
  return /^[\s\uFEFF]*(?:\{|\[\s*[[{\d\]"-])/.test(head)
}

/**
 * Parses a text.
 *
 * @throws UnreadableLog if it is not JSON, with the line of the first error
 */
export function parseJson(text: string): unknown {
  const spelled = spellOut(text)
  try {
    return JSON.parse(spelled)
  } catch (error) {
    const lines = spelled.split('\n').filter((line) => line.trim() !== '')
    const records = lines.map(parseLine)
    // The last line may be cut off where the program was stopped.
    const whole = records.slice(0, -1)
    if (records.length > 1 && whole.length > 0 && whole.every((record) => record !== undefined))
      return records.filter((record) => record !== undefined)
    throw new UnreadableLog(`This begins like JSON, but ${whereOf(error, spelled)} cannot be read.`, { cause: error })
  }
}

/** @throws UnreadableLog if a file is too large to be parsed in one piece */
export function checkJsonSize(bytes: number): void {
  if (bytes > mostJson)
    throw new UnreadableLog(
      `This JSON file has ${wholeNumber(bytes / 1e6)} MB; the page reads JSON of up to ${wholeNumber(mostJson / 1e6)} MB, and CSV of any size up to 400 MB of numbers.`,
    )
}

/** Python's spellings as JSON: `NaN` as a text, single quotation marks as double ones. */
function spellOut(text: string): string {
  const tokens = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|-?\b(?:NaN|nan|Infinity|inf)\b|\bNone\b|\bTrue\b|\bFalse\b/g
  return text.replaceAll(tokens, (token) => {
    if (token.startsWith('"')) return token
    if (token.startsWith("'")) return JSON.stringify(token.slice(1, -1))
    return { None: 'null', True: 'true', False: 'false' }[token] ?? `"${token}"`
  })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The line at which parsing failed, as far as the browser says. */
function whereOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : ''
  const [, line] = /line (\d+)/.exec(message) ?? []
  if (line) return `line ${line}`
  const [, position] = /position (\d+)/.exec(message) ?? []
  if (position) return `line ${wholeNumber(text.slice(0, Number(position)).split('\n').length)}`
  return 'its end'
}

export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The number that a JSON value stands for; undefined if it is none. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (value === null || value === undefined) return NaN
  return typeof value === 'string' ? readCell(value, false) : undefined
}

/**
 * The table of a list of records. A key that a record lacks is missing there. Texts, lists and the like are left out,
 * and named in the remarks.
 *
 * @throws UnreadableLog if no key has a number
 */
export function tableOfRecords(records: readonly unknown[], remarks: string[]): LogTable {
  const columns = new Map<string, LogColumn>()
  const unread = new Map<string, { entry: number; value: unknown; count: number }>()
  const strangers: number[] = []
  records.forEach((record, row) => {
    if (!isJsonObject(record)) {
      strangers.push(row + 1)
      return
    }
    for (const [key, value] of Object.entries(record)) {
      const number = numberOf(value)
      if (number === undefined) {
        const known = unread.get(key)
        unread.set(key, { entry: row + 1, value, ...known, count: (known?.count ?? 0) + 1 })
        continue
      }
      const column = columns.get(key) ?? { name: key, values: new Float64Array(records.length).fill(NaN) }
      columns.set(key, column)
      column.values[row] = number
    }
  })
  if (strangers.length > 0)
    remarks.push(
      `Entry ${wholeNumber(strangers[0]!)} is no object${strangers.length > 1 ? `, like ${wholeNumber(strangers.length - 1)} more` : ''}; it is left out.`,
    )
  for (const [key, { entry, value, count }] of unread) {
    const more = count > 1 ? `, like ${wholeNumber(count - 1)} more` : ''
    remarks.push(
      `Entry ${wholeNumber(entry)}, ${quoted(key)}: ${quoted(textOf(value))} is not a number; it is left out${more}.`,
    )
  }
  const filled = [...columns.values()].filter(({ values }) => values.some((value) => !Number.isNaN(value)))
  for (const { name } of columns.values())
    if (!filled.some((column) => column.name === name)) remarks.push(`${quoted(name)} is empty in all entries.`)
  if (filled.length === 0) throw new UnreadableLog('This JSON file has no entry with a number.')
  return { columns: filled, positions: { unit: 'entry', at: Uint32Array.from(records, (_, row) => row + 1) } }
}

/** The table of lists of equal length, such as Keras's `history.history`; shorter lists end earlier. */
export function tableOfLists(lists: JsonObject, remarks: string[]): LogTable {
  const given = Object.entries(lists).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  const rows = Math.max(0, ...given.map(([, values]) => values.length))
  const records = Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(given.map(([key, values]) => [key, values[row]])),
  )
  const lengths = new Set(given.map(([, values]) => values.length))
  if (lengths.size > 1) {
    const [key, values] = given.find(([, list]) => list.length < rows)!
    remarks.push(
      `The list ${quoted(key)} has ${wholeNumber(values.length)} values and the longest ${wholeNumber(rows)}; the rest of it is empty.`,
    )
  }
  return tableOfRecords(records, remarks)
}

/** A value as it is quoted in a sentence. It may be nested deeply, so it is not spelled out. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return Array.isArray(value) ? 'a list' : 'an object'
}
