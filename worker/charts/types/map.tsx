/**
 * The map chart: one number of many experiments by two settings, as a heat map. Larger values have colors further from
 * the paper color. Every cell also contains its number and links to its experiment.
 */
import { useMemo } from 'preact/hooks'

import type { ExperimentResult } from '#experiment/result/result.ts'
import { mostExperiments } from '#experiment/spec/most-experiments.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { Chart, round, type Box, type Frame, type Size } from '../axes/frame.tsx'
import type { ChartType, Subject } from '../chart-type.ts'
import type { Explorer } from '../explorer.ts'
import { differencesInWords, titleOfSeveral } from '../text/experiment-names.ts'
import { wholeNumber } from '../text/format.ts'
import { takeawayOfMap } from '../text/takeaway-of-map.ts'
import { textWidth } from '../text/text-width.ts'
import { mapLayout, type Cell, type CellEdge, type MapLayout } from './map-cells.ts'
import { lastInkStep } from './map-colors.ts'
import { CurrentRing, EqualOutline, Fill, hatchingOf, MapLegend, Outline, patternIn } from './map-marks.tsx'
import { quantities, type Quantity } from './map-texts.ts'

/** The gap between cells in pixels. */
const gap = 1

/** What a map shows. */
export interface MapDrawing extends Pick<Subject, 'results' | 'varied'> {
  quantity: Quantity
  /** Cells that stand out from the others. */
  marks?: MapMarks
}

/** Cells that stand out, and where the links of all cells lead. */
interface MapMarks {
  /** Cells with an outline around them all. */
  outlined: ReadonlySet<ExperimentResult>
  /** The cell with a ring in it. */
  current?: ExperimentResult | undefined
  hrefOf: (result: ExperimentResult) => string
}

type MapProps = Frame & { drawing: MapDrawing; layout: MapLayout; description: () => string }

function ResultMap({ drawing, layout, description, cursor, ...frame }: MapProps) {
  const { width, isFile = false, origin = '' } = frame
  const { results, varied, quantity, marks } = drawing
  const still = useMemo(
    () => <Still layout={layout} width={width} varied={varied} origin={origin} isFile={isFile} marks={marks} />,
    [layout, width, varied, origin, isFile, marks],
  )
  return (
    <Chart
      {...frame}
      hasLinks
      title={titleOfSeveral(quantity.title, results, varied)}
      description={description}
      over={cursor !== undefined && layout.cells[cursor] && <Ring box={layout.cells[cursor].box} />}
    >
      {still}
    </Chart>
  )
}

interface StillProps {
  layout: MapLayout
  width: number
  varied: readonly SpecField[]
  origin: string
  isFile: boolean
  marks: MapMarks | undefined
}

/** The part that does not depend on the cursor. */
function Still({ layout, width, varied, origin, isFile, marks }: StillProps) {
  const { cells, box, columns, rows } = layout
  const named = namedEdges(columns.edges, width).filter(isNamed)
  return (
    <g>
      <MapLegend layout={layout} width={width} />
      {rows.title && (
        <text x={0} y={round(box.top - 8)}>
          {rows.title}
        </text>
      )}
      {rows.edges.filter(isNamed).map(({ name, at }) => (
        <text
          key={name}
          x={rows.areNamesAbove ? 0 : round(box.left - 8)}
          y={round(at)}
          text-anchor={rows.areNamesAbove ? 'start' : 'end'}
        >
          {name}
        </text>
      ))}
      {cells.map((cell) => (
        <Ground key={cell.result.permalink} cell={cell} />
      ))}
      {cells.map((cell) => (
        // In a page, the keyboard reaches the same links in the table, so those of the map are left out of the tab
        // order.
        <a
          key={cell.result.permalink}
          href={marks ? marks.hrefOf(cell.result) : origin + cell.result.permalink}
          aria-label={readCell(cell, layout, varied)}
          {...(isFile ? {} : { tabindex: -1 })}
        >
          <Label cell={cell} fontSize={layout.fontSize} />
        </a>
      ))}
      {marks && (
        <g pointer-events="none">
          <EqualOutline boxes={cells.filter(({ result }) => marks.outlined.has(result)).map((cell) => cell.box)} />
          {cells
            .filter(({ result }) => result === marks.current)
            .map((cell) => (
              <CurrentRing key="current" box={cell.box} />
            ))}
        </g>
      )}
      <g text-anchor="middle">
        {named.map(({ name, at }) => (
          <text key={name} x={round(at)} y={round(box.bottom + 18)}>
            {name}
          </text>
        ))}
        {columns.title && (
          <text x={round(within(columns.title, (box.left + box.right) / 2, width))} y={round(box.bottom + 37)}>
            {columns.title}
          </text>
        )}
      </g>
    </g>
  )
}

/** An edge without a varied setting has no name. */
const isNamed = ({ name }: CellEdge) => name !== ''

/** The center of a text, as close to its position as the drawing's edges allow. */
function within(text: string, at: number, width: number): number {
  const half = textWidth(text) / 2
  return Math.max(half, Math.min(width - half, at))
}

/** The names along the lower edge that fit without overlap, always including the last. */
function namedEdges(edges: readonly CellEdge[], width: number): CellEdge[] {
  const placed = edges.map(({ name, at }) => ({ name, at: within(name, at, width) }))
  const [first, second] = edges
  const step = first && second ? second.at - first.at : width
  const every = Math.ceil((Math.max(...edges.map(({ name }) => textWidth(name))) + 4) / step)
  return placed.filter((_, index) => (edges.length - 1 - index) % every === 0)
}

/** The box of a cell without the gaps around it. */
function inner({ box }: Cell): Box {
  const { left, right, top, bottom } = box
  return { left: round(left + gap), right: round(right - gap), top: round(top + gap), bottom: round(bottom - gap) }
}

/**
 * The background of a cell: its color and marks. A cell without a value is hatched if all runs diverged, and otherwise
 * empty.
 */
function Ground({ cell }: { cell: Cell }) {
  const { step, patterns, result } = cell
  const box = inner(cell)
  if (step === undefined)
    return (
      <g>
        <Outline {...box} />
        {isAllDiverged(result) && <path class="line diverged" d={hatchingOf(box)} />}
        {result.summary.diverged < result.summary.runs &&
          patterns.map((pattern) => <path key={pattern} fill="currentColor" d={patternIn(pattern, box)} />)}
      </g>
    )
  const { left, right, top, bottom } = box
  return (
    <g>
      <Fill step={step} left={left} top={top} width={round(right - left)} height={round(bottom - top)} />
      {patterns.map((pattern) => (
        <path
          key={pattern}
          {...(step > lastInkStep ? { class: 'paper' } : { fill: 'currentColor' })}
          d={patternIn(pattern, box)}
        />
      ))}
    </g>
  )
}

/** The text of a cell, and the clickable area of its link. */
function Label({ cell, fontSize }: { cell: Cell; fontSize: number }) {
  const { text, step, result } = cell
  const { left, right, top, bottom } = inner(cell)
  const isDiverged = isAllDiverged(result)
  const [x, y] = [round((left + right) / 2), round((top + bottom) / 2)]
  const half = (textWidth(text) * fontSize) / 26 + 3
  const look =
    step === undefined
      ? { class: isDiverged ? 'diverged' : 'strong' }
      : step > lastInkStep
        ? { class: 'paper', 'font-weight': 600 }
        : { class: 'strong' }
  return (
    <>
      <rect
        fill="none"
        pointer-events="all"
        x={left}
        y={top}
        width={round(right - left)}
        height={round(bottom - top)}
      />
      {isDiverged && (
        <rect
          class="paper"
          x={round(x - half)}
          y={round(y - fontSize * 0.75)}
          width={round(2 * half)}
          height={round(fontSize * 1.5)}
        />
      )}
      <text {...look} x={x} y={round(y + fontSize * 0.36)} text-anchor="middle" font-size={fontSize}>
        {text}
      </text>
    </>
  )
}

/** Whether every run of an experiment diverged, of those that are over. */
const isAllDiverged = ({ summary: { runs, diverged } }: ExperimentResult) => runs > 0 && diverged === runs

/** The cursor: an outline around a cell. */
function Ring({ box: { left, right, top, bottom } }: { box: Box }) {
  return <rect class="ring" x={round(left)} y={round(top)} width={round(right - left)} height={round(bottom - top)} />
}

/** The description of a cell: its settings, its value, and how many runs diverged or are still learning. */
function readCell(
  { result, text, step }: Cell,
  { quantity, spelling }: MapLayout,
  varied: readonly SpecField[],
): string {
  const { runs, diverged, stillLearning } = result.summary
  const settings = differencesInWords(result, varied)
  if (runs === 0) return `${settings}: not trained yet`
  if (diverged === runs) return `${settings}: ${runs === 1 ? 'diverged' : `all ${wholeNumber(runs)} runs diverged`}`
  const unit = step !== undefined && spelling.unit ? ` ${spelling.unit}` : ''
  const ofRuns = (count: number) => (runs === 1 ? '' : `${wholeNumber(count)} of ${wholeNumber(runs)} runs `)
  return [
    `${settings}: ${quantity.name} ${text}${unit}`,
    ...(diverged > 0 ? [`${ofRuns(diverged)}diverged`] : []),
    ...(stillLearning > 0 ? [`${ofRuns(stillLearning)}still learning`] : []),
  ].join(', ')
}

/** The explorer of a map, whose cursor moves from cell to cell. */
function exploreMap(layout: MapLayout, varied: readonly SpecField[]): Explorer {
  const { cells } = layout
  const index = ({ x, y }: { x: number; y: number }) =>
    cells.findIndex(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
  return {
    stops: cells.length,
    nearest: (at) => {
      const found = index(at)
      return found < 0 ? undefined : found
    },
    moved: (stop, key) => movedCell(cells, stop, key),
    read: (stop) => readCell(cells[stop]!, layout, varied),
    brief: (stop) => differencesInWords(cells[stop]!.result, varied),
  }
}

/**
 * The cell that a key moves to, as in a grid (https://www.w3.org/WAI/ARIA/apg/patterns/grid/): the next one in its row or
 * column, the first or last of its row, with Ctrl of the map. At an edge, it stays. Undefined for other keys.
 */
function movedCell(
  cells: readonly Cell[],
  stop: number,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
): number | undefined {
  const from = cells[stop]
  const across = { ArrowLeft: -1, ArrowRight: 1 }[key]
  const down = { ArrowUp: -1, ArrowDown: 1 }[key]
  const toEnd = { Home: -1, End: 1 }[key]
  if (!from || (across ?? down ?? toEnd) === undefined) return undefined
  const xOf = ({ box }: Cell) => box.left
  const yOf = ({ box }: Cell) => box.top
  const inRow = cells.filter((cell) => yOf(cell) === yOf(from)).sort((a, b) => xOf(a) - xOf(b))
  const inColumn = cells.filter((cell) => xOf(cell) === xOf(from)).sort((a, b) => yOf(a) - yOf(b))
  const inMap = [...cells].sort((a, b) => yOf(a) - yOf(b) || xOf(a) - xOf(b))
  const line = down !== undefined ? inColumn : toEnd !== undefined && ctrlKey ? inMap : inRow
  const at = toEnd === undefined ? line.indexOf(from) + (across ?? down ?? 0) : toEnd > 0 ? line.length - 1 : 0
  return cells.indexOf(line[Math.max(0, Math.min(line.length - 1, at))]!)
}

/** The last layout of each drawing: its height, its picture and its explorer need the same one. */
const layouts = new WeakMap<MapDrawing, { width: number; layout: MapLayout }>()

function layoutOf(drawing: MapDrawing, width: number): MapLayout {
  const known = layouts.get(drawing)
  if (known?.width === width) return known.layout
  const layout = mapLayout(drawing.results, drawing.varied, drawing.quantity, width)
  layouts.set(drawing, { width, layout })
  return layout
}

/** A map of any quantity, with cells that stand out. Its description is beside it. */
export const markedMap = {
  height: (drawing: MapDrawing, width: number) => layoutOf(drawing, width).height,
  draw: (drawing: MapDrawing, frame: Frame) => (
    <ResultMap drawing={drawing} layout={layoutOf(drawing, frame.width)} description={() => ''} {...frame} />
  ),
  explore: (drawing: MapDrawing, { width }: Size) => exploreMap(layoutOf(drawing, width), drawing.varied),
}

/** The map of a figure or a file, of one of the quantities of the view. */
function SubjectMap({ subject: { results, varied, view }, frame }: { subject: Subject; frame: Frame }) {
  const { width } = frame
  const quantity = quantities[view.value]
  const layout = useMemo(() => mapLayout(results, varied, quantity, width), [results, varied, quantity, width])
  const description = () => takeawayOfMap(results, varied, view)
  return <ResultMap drawing={{ results, varied, quantity }} layout={layout} description={description} {...frame} />
}

const map: ChartType = {
  summary: 'A number of many experiments, by two fields',
  example: 'batchSize=4,32,full&learningRate=0.01,0.1&epochs=50',
  isOfSeveral: true,
  most: mostExperiments.ofMap,
  hasLinks: true,
  needs: ['training'],
  switches: ['value'],
  height: ({ results, varied, view }, width) => mapLayout(results, varied, quantities[view.value], width).height,
  draw: (subject, frame) => <SubjectMap subject={subject} frame={frame} />,
  explore: ({ results, varied, view }, { width }) =>
    exploreMap(mapLayout(results, varied, quantities[view.value], width), varied),
  takeaway: ({ results, varied, view }) => takeawayOfMap(results, varied, view),
}

export default map
