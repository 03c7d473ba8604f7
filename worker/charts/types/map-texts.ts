/**
 * What a map can show, and what its cells say: in one spelling and one size that fit them all.
 */
import type { ExperimentResult, Summary } from '#experiment/result/result.ts'

import { decimal, digitsOf, missing, wholeNumber } from '../text/format.ts'
import { textWidth } from '../text/text-width.ts'
import type { View } from '../view.ts'

/** A way to write values, and the unit that it takes them in. */
export interface Spelling {
  unit?: string
  text: (value: number) => string
}

/** What a map can show. */
export interface Quantity {
  /** As a title begins, and as it stands in a sentence. */
  title: string
  name: string
  /** What is shown of several runs. */
  statistic: 'mean' | 'median'
  of: (summary: Summary) => number | null
  /** From the most exact to the shortest. */
  spellings: readonly [Spelling, ...Spelling[]]
  /** Ratios are seen where the largest is many times the smallest. */
  mayBeLogarithmic: boolean
}

/** With so many digits, and no more zeros than needed. */
const significant = (value: number, digits: number) => String(Number(value.toPrecision(digits)))
/** What is too little to be told in thousandths: not nothing, where it is not. */
const thousandths = (value: number) => (value < 0.00005 ? (value > 0 ? '<.1' : '0') : undefined)
/** Losses of the usual size. */
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

/** A power of ten alone. */
function orderOf(value: number): string {
  return decimal(Number(`1e${value.toExponential().split('e')[1]}`), 0)
}

/** Sizes of a cell's text from the one of all charts down, and where a shorter spelling is better than a smaller one. */
const sizes = { usual: 13, small: 11, least: 9 }
/** Around a cell's text, in pixels. */
const padding = 3

/** What the cells say: in one spelling and one size that fit them all. */
export function mapTexts(results: readonly ExperimentResult[], quantity: Quantity, cellWidth: number) {
  const room = cellWidth - 2 * padding
  const inSpelling = (spelling: Spelling) =>
    results.map((result) => {
      const value = quantity.of(result.summary)
      return value === null ? wordsOf(result, quantity, room) : spelling.text(value)
    })
  const fits = (texts: readonly string[], size: number) =>
    texts.every((text) => (textWidth(text) * size) / sizes.usual <= room)
  for (const spelling of quantity.spellings) {
    const texts = inSpelling(spelling)
    const isShortest = spelling === quantity.spellings.at(-1)
    for (let fontSize = sizes.usual; fontSize >= (isShortest ? sizes.least : sizes.small); fontSize--)
      if (fits(texts, fontSize)) return { texts, spelling, fontSize }
  }
  const spelling = quantity.spellings.at(-1)!
  return { texts: inSpelling(spelling), spelling, fontSize: sizes.least }
}

/** What stands where there is no value: that all runs diverged, that few ever got there, or that there is nothing to tell. */
function wordsOf({ summary, spec }: ExperimentResult, { statistic }: Quantity, room: number): string {
  const isDiverged = summary.diverged === summary.runs
  const choices = isDiverged
    ? ['diverged', '\u00d7']
    : statistic === 'median'
      ? [`> ${spec.epochs}`, `>${spec.epochs}`]
      : [missing]
  return choices.find((words) => textWidth(words) + 2 * padding <= room) ?? choices.at(-1)!
}
