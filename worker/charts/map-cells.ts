/**
 * Where the cells of a map lie, and what each says: a cell an experiment, its settings in ascending order along the edges.
 */
import { extent } from 'd3-array'

import type { ExperimentResult, Summary } from '#experiment/result.ts'
import type { SpecField } from '#experiment/spec.ts'
import { quantile } from '#experiment/statistics.ts'

import { decimal, digitsOf, missing, whole } from './format.ts'
import type { Box } from './frame.tsx'
import { widthOf, wrapped } from './text.ts'
import type { View } from './view.ts'
import { fieldInWords } from './words.ts'

/** A way to write values, and the unit that it takes them in. */
interface Spelling {
  unit?: string
  text: (value: number) => string
}

/** What a map can show. */
interface Quantity {
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
    spellings: [{ text: whole }],
    mayBeLogarithmic: true,
  },
}

/** A power of ten alone. */
function orderOf(value: number): string {
  return decimal(Number(`1e${value.toExponential().split('e')[1]}`), 0)
}

/** A value along an edge. */
export interface Edge {
  name: string
  /** The middle of its cells. */
  at: number
}

/** The mark of cells beside their color. */
export type Pattern = 'diverged' | 'learning'

/** An experiment's place. */
export interface Cell {
  result: ExperimentResult
  box: Box
  /** What is written in it. */
  text: string
  /** From 0 to {@link lastStep}; undefined where there is no value. */
  step: number | undefined
  patterns: readonly Pattern[]
}

export interface MapLayout {
  quantity: Quantity
  spelling: Spelling
  /** The size of the texts in the cells, in pixels. */
  fontSize: number
  /** Row by row from the top, each from the left. */
  cells: readonly Cell[]
  box: Box
  columns: { title: string; edges: readonly Edge[] }
  /** Their names stand at the left, or where these are long, above their cells. */
  rows: { title: string; edges: readonly Edge[]; areNamesAbove: boolean }
  legend: {
    lines: readonly string[]
    ends: readonly [string, string] | undefined
    patterns: readonly (readonly Pattern[])[]
  }
  height: number
}

/** The last of the steps of the color scale. */
export const lastStep = 8
/** From this ratio on, values are colored by their logarithm. */
const farApart = 8
/** A cell's width, at most; and its height, also as a share of the width and of all rows together. */
const widest = 150
const heights = { least: 30, most: 64, share: 0.6, all: 440 }
/** Narrower columns are turned into rows, where there are fewer of those. */
const narrow = 44
/** The share of the width that the names of rows may take beside them. */
const mostNames = 0.3
/** Sizes of a cell's text from the one of all charts down, and where a shorter spelling is better than a smaller one. */
const sizes = { usual: 13, small: 11, least: 9 }
/** How much wider strong text is. */
const strong = 1.1
/** Around a cell's text, in pixels. */
const padding = 3
const lineHeight = 17
export const swatchRoom = 22

/** What a pattern means. */
export const patternWords: Readonly<Record<Pattern, string>> = {
  diverged: 'some or all runs diverged',
  learning: 'most runs still learning',
}

/** The room for a pattern and its words, with what sets it apart from the next. */
export const widthOfKey = (pattern: Pattern) => 36 + widthOf(patternWords[pattern]) + 16

/** Which marks a cell has. */
function patternsOf({ summary }: ExperimentResult): Pattern[] {
  const { runs, diverged, stillLearning } = summary
  return [
    ...(diverged > 0 ? (['diverged'] as const) : []),
    ...(2 * stillLearning > runs ? (['learning'] as const) : []),
  ]
}

/** The values of a field in ascending order, `full` last; words in the order in which they came. */
function namesOf(results: readonly ExperimentResult[], field: SpecField): { names: string[]; areNumbers: boolean } {
  const names = [...new Set(results.map(({ spec }) => String(spec[field])))]
  const sizeOf = (name: string) => (name === 'full' ? Infinity : Number(name))
  const areNumbers = !names.some((name) => Number.isNaN(sizeOf(name)))
  return { names: areNumbers ? names.toSorted((a, b) => sizeOf(a) - sizeOf(b)) : names, areNumbers }
}

/** Lays a map out for a width. */
export function mapLayout(
  results: readonly ExperimentResult[],
  varied: readonly SpecField[],
  view: View,
  width: number,
): MapLayout {
  const quantity = quantities[view.value]
  const { across, up } = edgesOf(results, varied, width)
  const columns = across ? namesOf(results, across) : { names: [''] }
  const rows = up ? namesOf(results, up) : { names: [''], areNumbers: false }
  // Numbers grow upwards.
  const downwards = rows.areNumbers ? rows.names.toReversed() : rows.names
  const longest = Math.max(...rows.names.map(widthOf))
  const areNamesAbove = longest > mostNames * width
  const left = up && !areNamesAbove ? Math.ceil(longest) + 10 : 0
  const cellWidth = Math.min(widest, (width - left) / columns.names.length)
  const tall = Math.min(heights.most, cellWidth * heights.share, heights.all / rows.names.length)
  const cellHeight = Math.round(Math.max(heights.least, tall))

  const texts = textsOf(results, quantity, cellWidth)
  const values = results.flatMap(({ summary }) => quantity.of(summary) ?? [])
  const scale = stepsOf(values, quantity)
  const shown = (['diverged', 'learning'] as const).filter((pattern) =>
    results.some((result) => patternsOf(result).includes(pattern)),
  )
  const isOneLine = shown.reduce((sum, pattern) => sum + widthOfKey(pattern), 0) <= width
  const patterns = isOneLine ? (shown.length ? [shown] : []) : shown.map((pattern) => [pattern])
  const legend = {
    lines: legendOf(results, quantity, { ...texts, isLogarithmic: scale.isLogarithmic }, width),
    ends: values.length ? endsOf(scale, texts.spelling) : undefined,
    patterns,
  }
  const above = areNamesAbove ? lineHeight : 0
  const top =
    legend.lines.length * lineHeight +
    (legend.ends ? swatchRoom : 0) +
    patterns.length * lineHeight +
    (up ? lineHeight + 16 : 14)
  const right = left + cellWidth * columns.names.length
  const bottom = top + downwards.length * (cellHeight + above)
  const boxAt = (column: number, row: number): Box => {
    const under = top + row * (cellHeight + above) + above
    return {
      left: left + column * cellWidth,
      right: left + (column + 1) * cellWidth,
      top: under,
      bottom: under + cellHeight,
    }
  }
  const placed = results.map((result, index) => {
    const column = across ? columns.names.indexOf(String(result.spec[across])) : 0
    const row = up ? downwards.indexOf(String(result.spec[up])) : 0
    const value = quantity.of(result.summary)
    const cell: Cell = {
      result,
      box: boxAt(column, row),
      text: texts.texts[index]!,
      step: value === null ? undefined : scale.stepOf(value),
      patterns: patternsOf(result),
    }
    return { cell, order: row * columns.names.length + column }
  })
  return {
    quantity,
    spelling: texts.spelling,
    fontSize: texts.fontSize,
    cells: placed.toSorted((a, b) => a.order - b.order).map(({ cell }) => cell),
    box: { left, top, right, bottom },
    columns: {
      title: across ? fieldInWords(across) : '',
      edges: columns.names.map((name, index) => ({ name, at: left + (index + 0.5) * cellWidth })),
    },
    rows: {
      title: up ? fieldInWords(up) : '',
      edges: downwards.map((name, index) => {
        const box = boxAt(0, index)
        return { name, at: areNamesAbove ? box.top - 5 : (box.top + box.bottom) / 2 + 4.5 }
      }),
      areNamesAbove,
    },
    legend,
    height: Math.round(bottom + (across ? 44 : 4)),
  }
}

/** Which field goes across and which up: the first goes across, where its cells have room. */
function edgesOf(results: readonly ExperimentResult[], varied: readonly SpecField[], width: number) {
  const [first = 'batchSize', second] = varied
  const count = (field: SpecField | undefined) => (field ? namesOf(results, field).names.length : 1)
  const isTurned = count(first) > count(second) && width / (count(first) + 1) < narrow
  if (!isTurned) return { across: first, up: second }
  return { across: second, up: first }
}

/** What the cells say: in one spelling and one size that fit them all. */
function textsOf(results: readonly ExperimentResult[], quantity: Quantity, cellWidth: number) {
  const room = cellWidth - 2 * padding
  const inSpelling = (spelling: Spelling) =>
    results.map((result) => {
      const value = quantity.of(result.summary)
      return value === null ? wordsOf(result, quantity, room) : spelling.text(value)
    })
  const fits = (texts: readonly string[], size: number) =>
    texts.every((text) => (widthOf(text) * size) / sizes.usual <= room)
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
  return choices.find((words) => widthOf(words) + 2 * padding <= room) ?? choices.at(-1)!
}

/** A color scale: its ends, and whether values lie beyond them. */
interface ColorScale {
  isLogarithmic: boolean
  stepOf: (value: number) => number
  ends: readonly [number, number]
  isBeyond: readonly [boolean, boolean]
}

/**
 * Values as steps of color, evenly from the lowest to the highest, or from ratio to ratio. Values that are far from the
 * others have the color of the end (Tukey's fences: further than 1.5 times the range of the middle half from it), so that
 * one which failed does not leave one color to all others.
 */
function stepsOf(values: readonly number[], { mayBeLogarithmic }: Quantity): ColorScale {
  const [least = 0, most = 1] = extent(values)
  const isLogarithmic = mayBeLogarithmic && least > 0 && most / least >= farApart
  const measure = (value: number) => (isLogarithmic ? Math.log(value) : value)
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [quantile(sorted.map(measure), 0.25), quantile(sorted.map(measure), 0.75)]
  const reach = 1.5 * (high - low)
  const isWithin = (value: number) => !(measure(value) < low - reach) && !(measure(value) > high + reach)
  // The ends are values: those nearest to the fences.
  const within = sorted.filter(isWithin)
  const [from = least, to = most] = reach > 0 ? [within[0], within.at(-1)] : []
  const length = measure(to) - measure(from)
  const stepOf = (value: number) => {
    if (!(length > 0)) return Math.floor(lastStep / 2)
    const share = (measure(value) - measure(from)) / length
    return Math.max(0, Math.min(lastStep, Math.floor(share * (lastStep + 1))))
  }
  return { isLogarithmic, stepOf, ends: [from, to], isBeyond: [least < from, most > to] }
}

/** The ends of the color scale in words. */
function endsOf({ ends: [from, to], isBeyond }: ColorScale, { text }: Spelling): [string, string] {
  return [(isBeyond[0] ? '\u2264 ' : '') + text(from), (isBeyond[1] ? '\u2265 ' : '') + text(to)]
}

/** What the cells show, and in which unit, in lines that fit. */
function legendOf(
  results: readonly ExperimentResult[],
  { name, statistic }: Quantity,
  { spelling: { unit }, isLogarithmic }: { spelling: Spelling; isLogarithmic: boolean },
  width: number,
): string[] {
  const runs = Math.max(...results.map(({ summary }) => summary.runs))
  const pieces = [
    `${name}${unit ? ` in ${unit}` : ''}`,
    ...(runs > 1 ? [`${statistic} of ${whole(runs)} runs`] : []),
    ...(isLogarithmic ? ['log color scale'] : []),
  ]
  return wrapped(
    pieces.map((piece, index) => (index < pieces.length - 1 ? `${piece},` : piece)),
    width / strong,
  )
}
