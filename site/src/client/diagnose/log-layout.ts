/** The layout of the chart of logs: the whole trainings and their last quarter, each with its scales, and the legend. */
import { wide } from '#charts/axes/curve-panels.ts'
import type { Box, Size } from '#charts/axes/frame.tsx'
import { niceLinear, scaleLinear, scaleLog, type Ends, type Scale } from '#charts/axes/scale.ts'
import { textWidth } from '#charts/text/text-width.ts'

import type { MetricSeries } from '../logs/series.ts'

/** A line of the chart. */
export interface LogLine {
  /** Its name in the legend. */
  label: string
  /** Its class: `test`, `side-a`, `class-2`. */
  look: string
  series: MetricSeries
  /** The number of values in its last quarter; 0 if it is too short for one. */
  window: number
  /** The best value, which is marked; undefined if it is not. */
  best?: { x: number; value: number } | undefined
}

/** What the chart draws: its title, and lines from back to front, the last of which the cursor follows. */
export interface LogDrawing {
  title: string
  lines: readonly [LogLine, ...LogLine[]]
}

export interface LogArea {
  box: Box
  x: Scale
  y: Scale
}

export interface LogLayout {
  whole: LogArea
  detail: LogArea | undefined
  legend: { x: number; y: number; line: LogLine }[]
}

const around = { left: 46, right: 10, bottom: 44 }
const legendLine = 18
/** The space between both parts, next to each other and above each other. */
const between = { across: 56, down: 66 }
/** The share of the whole training, in width and in height. */
const wholeShare = { across: 0.54, down: 0.48 }
/** The ratio of the largest to the least value from which an axis of positive values is logarithmic. */
const logarithmicFrom = 20
/** The least height of the enlarged axis of shares, as in all charts: calm still looks calm. */
const leastSpan = 0.06
/** The axis of shares that vary by more than half of it. */
const usualShares: Ends = [0, 1]

function rowsOfLegend(lines: readonly LogLine[], width: number): { places: LogLayout['legend']; rows: number } {
  let [x, row] = [0, 0]
  const places = [...lines].reverse().map((line) => {
    const own = 24 + textWidth(line.label) + 18
    if (x > 0 && x + own > width) [x, row] = [0, row + 1]
    const at = { x, y: 14 + row * legendLine, line }
    x += own
    return at
  })
  return { places, rows: row + 1 }
}

export function logChartHeight({ lines }: LogDrawing, width: number): number {
  const legend = rowsOfLegend(lines, width).rows * legendLine
  return Math.round(legend + (width >= wide ? width * 0.42 : haveCommonQuarter(lines) ? width * 1.25 : width * 0.8))
}

export function logLayout({ lines }: LogDrawing, { width, height }: Size): LogLayout {
  const { places, rows } = rowsOfLegend(lines, width)
  const space: Box = {
    left: around.left,
    top: rows * legendLine + 30,
    right: width - around.right,
    bottom: height - around.bottom,
  }
  const quarters = lines.filter(({ window }) => window > 0)
  const wholeX = rangeOf(lines.map(({ series: { x } }) => x))
  const wholeY = rangeOf(lines.map(({ series: { y } }) => y))
  const [left, right] = [space.left, space.right]
  if (!haveCommonQuarter(lines))
    return { whole: areaOf(space, wholeX, wholeY, lines, false), detail: undefined, legend: places }
  const isWide = width >= wide
  const middle = left + (right - left - between.across) * wholeShare.across
  const half = space.top + (space.bottom - space.top - between.down) * wholeShare.down
  const boxes = isWide
    ? { whole: { ...space, right: middle }, detail: { ...space, left: middle + between.across } }
    : { whole: { ...space, bottom: half }, detail: { ...space, top: half + between.down } }
  const start = Math.min(...quarters.map(startOfQuarter))
  const inQuarter = lines.map(({ series: { x, y } }) => y.filter((_, index) => x[index]! >= start))
  return {
    whole: areaOf(boxes.whole, wholeX, wholeY, lines, false),
    detail: areaOf(boxes.detail, [start, wholeX[1]], rangeOf(inQuarter), lines, true),
    legend: places,
  }
}

/** Whether lines have a last quarter, and those of several overlap: the training line of one log may have no window. */
function haveCommonQuarter(lines: readonly LogLine[]): boolean {
  const quarters = lines.filter(({ window }) => window > 0)
  if (quarters.length === 0) return false
  const ends = quarters.map(({ series: { x } }) => x.at(-1)!)
  return Math.max(...quarters.map(startOfQuarter)) < Math.min(...ends)
}

const startOfQuarter = ({ series: { x }, window }: LogLine) => x[x.length - window]!

/** Values beyond this are drawn at the end of their axis, whose length would not be a number otherwise. */
const largest = 1e300

/** The least and the largest finite value. */
function rangeOf(columns: readonly Float64Array[]): Ends {
  let [least, most] = [Infinity, -Infinity]
  for (const column of columns)
    for (const value of column)
      if (Number.isFinite(value)) {
        if (value < least) least = value
        if (value > most) most = value
      }
  return least <= most ? [Math.max(-largest, least), Math.min(largest, most)] : usualShares
}

function areaOf(box: Box, x: Ends, y: Ends, lines: readonly LogLine[], isDetail: boolean): LogArea {
  const scaleX = scaleLinear(x[0] < x[1] ? x : [x[0] - 1, x[1] + 1], [box.left, box.right])
  const range: Ends = [box.bottom, box.top]
  if (lines.every(({ series }) => series.isShare)) {
    if (!isDetail)
      return { box, x: scaleX, y: scaleLinear(y[1] - y[0] > 0.5 ? usualShares : niceLinear(padded(y, 0.1), 4), range) }
    return { box, x: scaleX, y: scaleLinear(padded(y, leastSpan), range) }
  }
  if (y[0] > 0 && y[1] / y[0] > logarithmicFrom)
    return { box, x: scaleX, y: scaleLog([y[0] * 0.95, y[1] * 1.05], range) }
  return { box, x: scaleX, y: scaleLinear(padded(y, Math.abs(y[1]) * 0.05 || 1), range) }
}

/** A range that is a little larger than that of the values, and at least as large as another. */
function padded([least, most]: Ends, span: number): Ends {
  const missing = Math.max(0, span - (most - least))
  const edge = (most - least) * 0.04 + missing / 2
  return [least - edge, most + edge]
}
