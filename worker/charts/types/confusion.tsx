/**
 * The confusion chart: how many test examples of each true class (rows) the first run predicts as each class (columns),
 * colored by their share of the row.
 */
import { useMemo } from 'preact/hooks'

import type { Churn } from '#experiment/result/churn.ts'

import { Chart, round, type Box, type Frame } from '../axes/frame.tsx'
import { classInWords, classNamesOf, type LabeledExamples } from '../axes/labeled-examples.ts'
import { present, type ChartType, type Subject } from '../chart-type.ts'
import type { Explorer } from '../explorer.ts'
import { EmptyState, emptyStateHeight } from '../marks/empty-state.tsx'
import { titleAfterTraining } from '../text/experiment-names.ts'
import { percent, wholeNumber } from '../text/format.ts'
import { withoutCommonWords } from '../text/legend-layout.ts'
import { confusionCounts, takeawayOfConfusion } from '../text/takeaway-of-predictions.ts'
import { shortened, textWidth } from '../text/text-width.ts'
import { lastInkStep, lastStep } from './map-colors.ts'
import { Fill } from './map-marks.tsx'

/** The largest sizes of a cell, in pixels; the smallest height with one line of text, and with two. */
const cellSize = { width: 120, height: 56, oneLine: 30, twoLines: 42 }
/** The largest share of the width that the names of rows may take. */
const mostNames = 0.3
/** The gap between cells, and the distance between two lines of text, in pixels. */
const [gap, lineHeight] = [1, 17]
/**
 * The font sizes of counts, in pixels; texts are measured at the first, which holds counts of up to three digits in ten
 * classes on a phone.
 */
const fontSizes = [13, 12, 11, 10, 9, 8]
/** The height of the color scale with the title of the chart's quantity. */
const scaleHeight = 48
/** The colors of the scale, from left to right. */
const scaleWidth = 14

interface Cell {
  label: number
  predicted: number
  count: number
  /** All examples of the true class. */
  of: number
  box: Box
}

interface Layout {
  cells: Cell[]
  rows: { name: string; y: number }[]
  columns: { name: string; x: number; y: number }[]
  box: Box
  fontSize: number
  /** Whether the cells also contain the share of the row. */
  hasShares: boolean
  height: number
}

interface Predicted {
  churn: Churn
  predicted: readonly number[]
  data: LabeledExamples
  classes: number
}

/** The predictions of a subject; undefined if there are none. */
function predictionsOf({ results: [{ spec }], data, churn }: Subject): Predicted | undefined {
  if (!churn?.predicted) return undefined
  return { churn, predicted: churn.predicted, data: present(data), classes: spec.classes }
}

function layoutOf({ churn, predicted, data, classes }: Predicted, width: number): Layout {
  const names = withoutCommonWords(classNamesOf(data, classes))
  const rowNames = names.map((name) => shortened(name, mostNames * width))
  const left = Math.ceil(Math.max(...rowNames.map(textWidth))) + 8
  const across = Math.min(cellSize.width, (width - left - 1) / classes)
  const counts = confusionCounts(churn, predicted, classes)
  const shares = counts.flatMap((row) => row.filter((count) => count > 0).map((count) => shareOf(count, sum(row))))
  const hasShares = Math.max(...shares.map(textWidth)) <= across - 4
  const down = Math.max(
    hasShares ? cellSize.twoLines : cellSize.oneLine,
    Math.min(cellSize.height, Math.round(0.6 * across)),
  )
  // Names that are wider than a column alternate between two lines.
  const isStaggered = names.some((name) => textWidth(name) > across - 4)
  const widest = (isStaggered ? 2 : 1) * across - 4
  const top = scaleHeight + lineHeight * (isStaggered ? 3 : 2) + 2
  const boxAt = (row: number, column: number): Box => ({
    left: left + column * across,
    right: left + (column + 1) * across,
    top: top + row * down,
    bottom: top + (row + 1) * down,
  })
  const widestCount = Math.max(...counts.flat().map((count) => textWidth(wholeNumber(count))))
  return {
    cells: counts.flatMap((row, label) => {
      const of = sum(row)
      return row.map((count, column) => ({ label, predicted: column, count, of, box: boxAt(label, column) }))
    }),
    rows: rowNames.map((name, row) => ({ name, y: top + (row + 0.5) * down + 4.5 })),
    columns: names.map((name, column) => ({
      name: shortened(name, widest),
      x: withinSheet(shortened(name, widest), left + (column + 0.5) * across, width),
      y: top - 7 - (isStaggered && column % 2 === 0 ? lineHeight : 0),
    })),
    box: { ...boxAt(0, 0), right: left + classes * across, bottom: top + classes * down },
    fontSize: fontSizes.find((size) => (widestCount * size) / fontSizes[0]! <= across - 4) ?? fontSizes.at(-1)!,
    hasShares,
    height: Math.round(top + classes * down + 4),
  }
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/** A share of a row, in few characters. */
const shareOf = (count: number, of: number) =>
  percent(count / of)
    .replace('less than ', '<')
    .replace('more than ', '>')

/** The center of a text, as close to its position as the sheet allows. */
function withinSheet(text: string, at: number, width: number): number {
  const half = textWidth(text) / 2
  return Math.max(half, Math.min(width - half, at))
}

/** The color step of a share. */
const stepOf = ({ count, of }: Pick<Cell, 'count' | 'of'>) =>
  of === 0 ? 0 : Math.min(lastStep, Math.floor((count / of) * (lastStep + 1)))

function Confusion({ subject, cursor, ...frame }: Frame & { subject: Subject }) {
  const { width } = frame
  const { results, data, churn } = subject
  const layout = useMemo(() => {
    const given = predictionsOf({ ...subject, results, data, churn })
    return given && layoutOf(given, width)
    // oxlint-disable-next-line react/exhaustive-deps
  }, [results, data, churn, width])
  const still = useMemo(() => layout && <Matrix layout={layout} width={width} />, [layout, width])
  const words = takeawayOf(subject)
  const marked = cursor === undefined ? undefined : layout?.cells[cursor]
  return (
    <Chart
      {...frame}
      title={titleAfterTraining('True and predicted classes of the test examples', results[0])}
      description={() => words}
      over={marked && <Rect class="ring" box={marked.box} />}
    >
      {still ?? <EmptyState words={words} width={width} isDiverged={churn?.predicted === null} />}
    </Chart>
  )
}

function Rect({ box: { left, right, top, bottom }, class: name }: { box: Box; class: string }) {
  return (
    <rect
      class={name}
      x={round(left)}
      y={round(top)}
      width={round(right - left)}
      height={round(bottom - top)}
      fill="none"
    />
  )
}

/** The matrix, its names and its color scale. */
function Matrix({ layout, width }: { layout: Layout; width: number }) {
  const { cells, rows, columns, box } = layout
  return (
    <g>
      <ColorScale />
      <Titles box={box} width={width} />
      <g text-anchor="middle">
        {columns.map(({ name, x, y }) => (
          <text key={x} x={round(x)} y={round(y)}>
            {name}
          </text>
        ))}
      </g>
      <g text-anchor="end">
        {rows.map(({ name, y }) => (
          <text key={y} x={round(box.left - 8)} y={round(y)}>
            {name}
          </text>
        ))}
      </g>
      {cells.map((cell) => (
        <CellContent key={`${cell.label} ${cell.predicted}`} cell={cell} layout={layout} />
      ))}
      {cells
        .filter(({ label, predicted }) => label === predicted)
        .map((cell) => (
          <Rect key={cell.label} class="outline" box={inner(cell.box)} />
        ))}
    </g>
  )
}

/** What rows and columns are: beside them, or in one line if the names of rows leave too little space. */
function Titles({ box, width }: { box: Box; width: number }) {
  const [rows, columns] = ['true class', 'predicted class']
  const y = scaleHeight + 12
  if (textWidth(rows) > box.left - 8) {
    const lines = [`rows: ${rows}, columns: ${columns}`, 'rows: true, columns: predicted']
    return (
      <text x={0} y={y}>
        {lines.find((line) => textWidth(line) <= width) ?? lines.at(-1)}
      </text>
    )
  }
  return (
    <g>
      <text x={round(withinSheet(columns, (box.left + box.right) / 2, width))} y={y} text-anchor="middle">
        {columns}
      </text>
      <text x={0} y={round(box.top - 7)}>
        {rows}
      </text>
    </g>
  )
}

/** The scale from no example of a row to all of them. */
function ColorScale() {
  const from = Math.ceil(textWidth('0 %')) + 6
  return (
    <g>
      <text class="strong" x={0} y={16}>
        examples, and their share of the row
      </text>
      <text x={0} y={34}>
        {percent(0)}
      </text>
      {Array.from({ length: lastStep + 1 }, (_, step) => (
        <Fill key={step} step={step} left={from + step * scaleWidth} top={24} width={scaleWidth} height={12} />
      ))}
      <text x={from + (lastStep + 1) * scaleWidth + 6} y={34}>
        {percent(1)}
      </text>
    </g>
  )
}

/** The box of a cell without the gaps around it. */
function inner({ left, right, top, bottom }: Box): Box {
  return { left: left + gap, right: right - gap, top: top + gap, bottom: bottom - gap }
}

function CellContent({ cell, layout: { fontSize, hasShares } }: { cell: Cell; layout: Layout }) {
  const { count, of } = cell
  const { left, right, top, bottom } = inner(cell.box)
  const [x, y] = [round((left + right) / 2), (top + bottom) / 2]
  const place = { left: round(left), top: round(top), width: round(right - left), height: round(bottom - top) }
  const isDark = stepOf(cell) > lastInkStep
  const look = count === 0 ? {} : isDark ? { class: 'paper' } : { class: 'strong' }
  return (
    <g>
      {count === 0 ? (
        <rect class="grid" fill="none" x={place.left} y={place.top} width={place.width} height={place.height} />
      ) : (
        <Fill step={stepOf(cell)} {...place} />
      )}
      <g text-anchor="middle">
        <text
          {...look}
          x={x}
          y={round(y + (hasShares && count > 0 ? -3 : fontSize * 0.36))}
          font-size={fontSize}
          {...(isDark ? { 'font-weight': 600 } : {})}
        >
          {wholeNumber(count)}
        </text>
        {hasShares && count > 0 && (
          <text {...look} x={x} y={round(y + 14)}>
            {shareOf(count, of)}
          </text>
        )}
      </g>
    </g>
  )
}

/** A cell in words: `12 of 45 examples of class rain are predicted as class sun`. */
function readCell({ label, predicted, count, of }: Cell, data: LabeledExamples): string {
  if (of === 0) return `no test example is of ${classInWords(data, label)}`
  const share = `${wholeNumber(count)} of ${wholeNumber(of)} ${of === 1 ? 'example' : 'examples'} of ${classInWords(data, label)}`
  const verb = count === 1 ? 'is' : 'are'
  return label === predicted
    ? `${share} ${verb} predicted right, ${percent(count / of)}`
    : `${share} ${verb} predicted as ${classInWords(data, predicted)}, ${percent(count / of)}`
}

function exploreConfusion(subject: Subject, width: number): Explorer {
  const given = predictionsOf(subject)
  if (!given) {
    const words = () => takeawayOf(subject)
    return { stops: 1, nearest: () => undefined, read: words, brief: words }
  }
  const { cells } = layoutOf(given, width)
  const read = (stop: number) => readCell(cells[stop]!, given.data)
  return {
    stops: cells.length,
    nearest({ x, y }) {
      const found = cells.findIndex(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
      return found < 0 ? undefined : found
    },
    read,
    brief: read,
  }
}

function takeawayOf({ results: [{ spec }], data, churn }: Subject): string {
  return takeawayOfConfusion(churn, present(data), spec.classes)
}

const confusion: ChartType = {
  summary: 'How many test examples of each class the first run predicts as which class',
  example: 'classes=5&epochs=50',
  isOfSeveral: false,
  needs: ['training', 'data', 'churn'],
  switches: [],
  height(subject, width) {
    const given = predictionsOf(subject)
    return given ? layoutOf(given, width).height : emptyStateHeight(takeawayOf(subject), width)
  },
  draw: (subject, frame) => <Confusion subject={subject} {...frame} />,
  explore: (subject, { width }) => exploreConfusion(subject, width),
  takeaway: takeawayOf,
}

export default confusion
