/**
 * The quantities that a map can show, and the text of its cells, in one number format and one font size that fit all of
 * them.
 */
import type { ExperimentResult, Summary } from '#experiment/result/result.ts'

import { decimal, digitsOf, missing, wholeNumber } from '../text/format.ts'
import { textWidth } from '../text/text-width.ts'
import type { View } from '../view.ts'

/** A number format and its unit. */
export interface Spelling {
  unit?: string
  text: (value: number) => string
}

/** A quantity that a map can show. */
export interface Quantity {
  /** Its name at the start of a title, and within a sentence. */
  title: string
  name: string
  /** The statistic that is shown for several runs. */
  statistic: 'mean' | 'median'
  of: (summary: Summary, result: ExperimentResult) => number | null
  /** Number formats, from the most precise to the shortest. */
  spellings: readonly [Spelling, ...Spelling[]]
  /** Whether the color scale may be logarithmic if the largest value is many times the smallest. */
  mayBeLogarithmic: boolean
}

/** Formats a value with a number of significant digits and no unnecessary zeros. */
const significant = (value: number, digits: number) => String(Number(value.toPrecision(digits)))
/** The text of a value below 0.05 thousandths, which must not look like 0 unless it is. */
const thousandths = (value: number) => (value < 0.00005 ? (value > 0 ? '<.1' : '0') : undefined)
/** Whether a loss is of the usual magnitude. */
const isShort = (value: number) => value === 0 || (value >= 0.01 && value < 1000)

export const quantities: Readonly<Record<View['value'], Quantity>> = {
  instability: {
    title: 'Instability',
    name: 'instability',
    statistic: 'mean',
    of: ({ instability }) => instability.mean,
    spellings: [
      { text: (value) => decimal(value, digitsOf.instability) },
      { unit: 'thousandths', text: (value) => thousandths(value) ?? (1000 * value).toFixed(value < 0.0995 ? 1 : 0) },
      {
        unit: 'thousandths',
        text: (value) => thousandths(value) ?? significant(1000 * value, value < 0.00095 ? 1 : 2),
      },
    ],
    mayBeLogarithmic: true,
  },
  testAccuracy: {
    title: 'Test accuracy',
    name: 'test accuracy',
    statistic: 'mean',
    of: ({ final }) => final['testAccuracy'].mean,
    spellings: [
      { text: (value) => decimal(value) },
      { unit: '%', text: (value) => (100 * value).toFixed(value === 1 ? 0 : 1) },
      { unit: '%', text: (value) => (100 * value).toFixed(0) },
    ],
    mayBeLogarithmic: false,
  },
  testLoss: {
    title: 'Test loss',
    name: 'test loss',
    statistic: 'mean',
    of: ({ final }) => final['testLoss'].mean,
    spellings: [
      { text: (value) => decimal(value) },
      { text: (value) => (isShort(value) ? significant(value, 2) : decimal(value, 0)) },
      { text: (value) => (isShort(value) ? significant(value, 1) : orderOf(value)) },
    ],
    mayBeLogarithmic: true,
  },
  epochsTo80: {
    title: 'Epochs to a test accuracy of 0.8',
    name: 'epochs to a test accuracy of 0.8',
    statistic: 'median',
    of: ({ epochsTo80 }) => epochsTo80.quartiles[1],
    spellings: [{ text: wholeNumber }],
    mayBeLogarithmic: true,
  },
}

/** The order of magnitude of a value, as a power of ten. */
function orderOf(value: number): string {
  return decimal(Number(`1e${value.toExponential().split('e')[1]}`), 0)
}

/** Font sizes of a cell: that of all charts, the size below which a shorter format is preferred, and the smallest. */
const sizes = { usual: 13, small: 11, least: 9 }
/** The padding around a cell's text in pixels. */
const padding = 3

/** The texts of the cells in the first number format and font size that fit all of them. */
export function mapTexts(results: readonly ExperimentResult[], quantity: Quantity, cellWidth: number) {
  const maxWidth = cellWidth - 2 * padding
  const inSpelling = (spelling: Spelling) =>
    results.map((result) => {
      const value = quantity.of(result.summary, result)
      return value === null ? wordsOf(result, quantity, maxWidth) : spelling.text(value)
    })
  const fits = (texts: readonly string[], size: number) =>
    texts.every((text) => (textWidth(text) * size) / sizes.usual <= maxWidth)
  for (const spelling of quantity.spellings) {
    const texts = inSpelling(spelling)
    const isShortest = spelling === quantity.spellings.at(-1)
    for (let fontSize = sizes.usual; fontSize >= (isShortest ? sizes.least : sizes.small); fontSize--)
      if (fits(texts, fontSize)) return { texts, spelling, fontSize }
  }
  const spelling = quantity.spellings.at(-1)!
  return { texts: inSpelling(spelling), spelling, fontSize: sizes.least }
}

/**
 * The text of a cell without a value: all runs diverged, few runs reached the accuracy, or there is nothing to measure.
 */
function wordsOf({ summary, spec }: ExperimentResult, { statistic }: Quantity, maxWidth: number): string {
  if (summary.runs === 0) return ''
  const isDiverged = summary.diverged === summary.runs
  const choices = isDiverged
    ? ['diverged', '\u00d7']
    : statistic === 'median'
      ? [`> ${spec.epochs}`, `>${spec.epochs}`]
      : [missing]
  return choices.find((words) => textWidth(words) + 2 * padding <= maxWidth) ?? choices.at(-1)!
}
