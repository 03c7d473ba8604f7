/**
 * The layout of a map: the position, text and color step of each cell, with one cell per experiment and the settings in
 * ascending order along the edges.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import type { Box } from '../axes/frame.tsx'
import { fieldInWords } from '../text/experiment-names.ts'
import { wholeNumber } from '../text/format.ts'
import { textWidth, wrapped } from '../text/text-width.ts'
import { endsOf, stepsOf } from './map-colors.ts'
import { mapTexts, type Quantity, type Spelling } from './map-texts.ts'

/** A setting along an edge. */
export interface CellEdge {
  name: string
  /** The center of its cells. */
  at: number
}

/** A mark that a cell may have in addition to its color. */
export type Pattern = 'diverged' | 'learning'

/** The cell of an experiment. */
export interface Cell {
  result: ExperimentResult
  box: Box
  /** The text in the cell. */
  text: string
  /** The color step, from 0 to `lastStep`; undefined if there is no value. */
  step: number | undefined
  patterns: readonly Pattern[]
}

export interface MapLayout {
  quantity: Quantity
  spelling: Spelling
  /** The font size of the cells in pixels. */
  fontSize: number
  /** Row by row from the top, each from left to right. */
  cells: readonly Cell[]
  box: Box
  columns: { title: string; edges: readonly CellEdge[] }
  /** The names are to the left of the rows or, if they are long, above their cells. */
  rows: { title: string; edges: readonly CellEdge[]; areNamesAbove: boolean }
  legend: {
    lines: readonly string[]
    ends: readonly [string, string] | undefined
    patterns: readonly (readonly Pattern[])[]
  }
  height: number
}

/** The largest width of a cell; the limits of its height, also as a share of its width and for all rows together. */
const widest = 150
const heights = { least: 30, most: 64, share: 0.6, all: 440 }
/** If columns would be narrower than this, they are swapped with the rows if there are fewer of those. */
const narrowColumn = 44
/** The largest share of the width that the names of rows may take next to their cells. */
const mostNames = 0.3
/** The width of bold text relative to regular text. */
const strong = 1.1
const lineHeight = 17
export const swatchRoom = 22

/** The meaning of each mark. */
export const patternWords: Readonly<Record<Pattern, string>> = {
  diverged: 'some or all runs diverged',
  learning: 'most runs still learning',
}

/** The width of a mark's legend entry, including the gap to the next. */
export const widthOfKey = (pattern: Pattern) => 36 + textWidth(patternWords[pattern]) + 16

/** The marks of a cell. */
function patternsOf({ summary }: ExperimentResult): Pattern[] {
  const { runs, diverged, stillLearning } = summary
  return [
    ...(diverged > 0 ? (['diverged'] as const) : []),
    ...(2 * stillLearning > runs ? (['learning'] as const) : []),
  ]
}

/** The values of a field in ascending order with `full` last; words stay in their given order. */
function namesOf(results: readonly ExperimentResult[], field: SpecField): { names: string[]; areNumbers: boolean } {
  const names = [...new Set(results.map(({ spec }) => String(spec[field])))]
  const sizeOf = (name: string) => (name === 'full' ? Infinity : Number(name))
  const areNumbers = !names.some((name) => Number.isNaN(sizeOf(name)))
  return { names: areNumbers ? [...names].sort((a, b) => sizeOf(a) - sizeOf(b)) : names, areNumbers }
}

/** Lays out a map for a width. */
export function mapLayout(
  results: readonly ExperimentResult[],
  varied: readonly SpecField[],
  quantity: Quantity,
  width: number,
): MapLayout {
  const { across, up } = edgesOf(results, varied, width)
  const columns = across ? namesOf(results, across) : { names: [''] }
  const rows = up ? namesOf(results, up) : { names: [''], areNumbers: false }
  // Numeric rows ascend from bottom to top.
  const downwards = rows.areNumbers ? [...rows.names].reverse() : rows.names
  const longest = Math.max(...rows.names.map(textWidth))
  const areNamesAbove = longest > mostNames * width
  const left = up && !areNamesAbove ? Math.ceil(longest) + 10 : 0
  const cellWidth = Math.min(widest, (width - left) / columns.names.length)
  const idealHeight = Math.min(heights.most, cellWidth * heights.share, heights.all / rows.names.length)
  const cellHeight = Math.round(Math.max(heights.least, idealHeight))

  const texts = mapTexts(results, quantity, cellWidth)
  const values = results.flatMap((result) => quantity.of(result.summary, result) ?? [])
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
    const value = quantity.of(result.summary, result)
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
    cells: [...placed].sort((a, b) => a.order - b.order).map(({ cell }) => cell),
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

/** Assigns the fields to the axes: the first is horizontal if its cells are wide enough. */
function edgesOf(results: readonly ExperimentResult[], varied: readonly SpecField[], width: number) {
  const [first = 'batchSize', second] = varied
  const count = (field: SpecField | undefined) => (field ? namesOf(results, field).names.length : 1)
  const isTurned = count(first) > count(second) && width / (count(first) + 1) < narrowColumn
  if (!isTurned) return { across: first, up: second }
  return { across: second, up: first }
}

/** The text of the legend, with quantity and unit, broken into lines that fit. */
function legendOf(
  results: readonly ExperimentResult[],
  { name, statistic }: Quantity,
  { spelling: { unit }, isLogarithmic }: { spelling: Spelling; isLogarithmic: boolean },
  width: number,
): string[] {
  // Cells that are still trained have fewer runs than the others.
  const runs = Math.max(...results.map(({ summary }) => summary.runs))
  const pieces = [
    `${name}${unit ? ` in ${unit}` : ''}`,
    ...(runs > 1 ? [`${statistic} of ${wholeNumber(runs)} runs`] : []),
    ...(isLogarithmic ? ['log color scale'] : []),
  ]
  return wrapped(
    pieces.map((piece, index) => (index < pieces.length - 1 ? `${piece},` : piece)),
    width / strong,
  )
}
