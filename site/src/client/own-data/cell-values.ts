/** The values of the cells of a table: numbers, booleans, dates. Each is NaN where the cell has no such value. */
import { booleans, missingTexts } from '#datasets/own/recipe.ts'

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const withComma = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d*),\d+(?:e[+-]?\d+)?$/i
/** Larger numbers could not be scaled in float64. */
const largest = 1e100

const missing: ReadonlySet<string> = new Set(missingTexts)

/** Whether a cell stands for no value. */
export function isMissing(cell: string): boolean {
  return missing.has(cell.toLowerCase())
}

/** The number of a cell. */
export function numberOf(cell: string, hasDecimalComma: boolean): number {
  const value = plain.test(cell)
    ? Number(cell)
    : hasDecimalComma && withComma.test(cell)
      ? Number(cell.replaceAll('.', '').replace(',', '.'))
      : NaN
  return Math.abs(value) <= largest ? value : NaN
}

/** 1 for true and yes, 0 for false and no. */
export function booleanOf(cell: string): number {
  const lower = cell.toLowerCase()
  return Object.hasOwn(booleans, lower) ? booleans[lower]! : NaN
}

const isoDate = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?$/
const dottedDate = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/

/** The days since 1970 of a date: `2024-05-31`, also with the time of day, or `31.5.2024`. */
export function dateOf(cell: string): number {
  const iso = isoDate.exec(cell)
  if (iso) {
    const [, year, month, day, hour = '0', minute = '0', second = '0'] = iso
    return daysOf([+year!, +month!, +day!], +hour * 3600 + +minute * 60 + +second)
  }
  const dotted = dottedDate.exec(cell)
  return dotted ? daysOf([+dotted[3]!, +dotted[2]!, +dotted[1]!], 0) : NaN
}

function daysOf([year, month, day]: [number, number, number], seconds: number): number {
  const time = new Date(Date.UTC(year, month - 1, day))
  const isDay = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && seconds < 86_400
  return isDay ? (time.getTime() / 1000 + seconds) / 86_400 : NaN
}
