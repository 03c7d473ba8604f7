/** The learning curves chart: the train and test metrics of one experiment by epoch, and the last quarter enlarged. */
import { useMemo } from 'preact/hooks'

import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { singleHeight, singlePanel, type Area, type Panel } from '../axes/curve-panels.ts'
import { axesOf, horizontalTicks, verticalFormat, verticalTicks } from '../axes/curve-scales.ts'
import { AxisX, AxisY, Chart, round, titleIndent, type Frame, type Size } from '../axes/frame.tsx'
import type { ChartType, Subject } from '../chart-type.ts'
import { panelLayers, type PanelLayer } from '../marks/curve-parts.ts'
import { CurvesCursor, exploreCurves } from '../marks/curves-cursor.tsx'
import { CurveLines } from '../marks/curves.tsx'
import { instabilityInWords, Tinted, Zone } from '../marks/last-quarter.tsx'
import { ReferenceLines } from '../marks/reference-lines.tsx'
import { StockKey, StockLine } from '../marks/stock-curve.tsx'
import { Memo } from '../memo.tsx'
import { detailTitle, differencesInWords, horizontalTitle, titleOf, verticalTitle } from '../text/experiment-names.ts'
import { spreadApart } from '../text/spread-apart.ts'
import { takeawayOfCurves } from '../text/takeaway-of-curves.ts'
import { completeView, curveSwitches, positionOfEpoch, type View } from '../view.ts'

interface LearningCurvesProps
  extends Frame, Pick<Subject, 'view' | 'references' | 'axes' | 'pinned' | 'side' | 'stock'> {
  result: ExperimentResult
}

/** The panel of a subject's first result, on axes that also cover what is drawn beside it. */
function panelOf(
  { results, view, axes, pinned, side = 'B', stock }: Omit<Subject, 'varied' | 'references'>,
  size: Size,
): Panel {
  const [result] = results
  const all = [result, pinned, stock].filter((one) => one !== undefined)
  const panel = singlePanel(result, view, axes ?? axesOf(all, view), size)
  return pinned ? { ...panel, compared: { side, other: pinned } } : panel
}

/** Draws a result, which must contain the history of its first run. */
function LearningCurves({
  result,
  view,
  references,
  axes,
  pinned,
  side,
  stock,
  cursor,
  ...frame
}: LearningCurvesProps) {
  const { width, height } = frame
  const panel = useMemo(
    () => panelOf({ results: [result], view, axes, pinned, side, stock }, { width, height }),
    [result, pinned, side, stock, view, axes, width, height],
  )
  return (
    <Chart
      {...frame}
      title={titleOf(result, view)}
      description={() =>
        [
          ...(panel.compared ? [sidesInWords(panel)] : []),
          takeawayOfCurves(result, view),
          ...(stock ? [`Behind, in dashed gray, by stock TensorFlow.js: ${titleOf(stock, view)}.`] : []),
        ].join(' ')
      }
      over={cursor !== undefined && <CurvesCursor panel={panel} panels={[panel]} view={view} stop={cursor} />}
    >
      <Memo of={[panel, view, references, stock]}>
        {() => <Still panel={panel} view={view} references={references} stock={stock} />}
      </Memo>
      {cursor === undefined && <EndLabels panel={panel} view={view} />}
      {stock && <StockKey stock={stock} area={panel.detail ?? panel.whole} view={view} />}
    </Chart>
  )
}

type StillProps = { panel: Panel } & Pick<LearningCurvesProps, 'view' | 'references' | 'stock'>

/** The part that does not depend on the cursor. */
function Still({ panel, view, references, stock }: StillProps) {
  const { whole, detail } = panel
  return (
    <g>
      {detail && <Zone whole={whole} detail={detail} />}
      <BothAxes area={whole} view={view} title={verticalTitle(view)} isUntitled={panel.isLow} />
      {view.metric === 'accuracy' && <ReferenceLines references={references} box={whole.box} y={whole.y} isNamed />}
      {stock && <StockLine stock={stock} area={whole} view={view} />}
      <CurveLines panel={panel} area={whole} view={view} />
      {detail && <Detail panel={panel} area={detail} view={view} references={references} stock={stock} />}
    </g>
  )
}

interface BothAxesProps {
  area: Area
  view: View
  /** The title of the vertical axis. */
  title: string
  /** Whether the title of the horizontal axis is drawn elsewhere. */
  isUntitled?: boolean
}

function BothAxes({ area: { box, x, y }, view, title, isUntitled = false }: BothAxesProps) {
  const across = isUntitled ? undefined : horizontalTitle(view, x)
  return (
    <>
      <AxisX scale={x} box={box} title={across} ticks={horizontalTicks(x, box)} />
      <AxisY scale={y} box={box} title={title} ticks={verticalTicks(y, view)} format={verticalFormat(view)} />
    </>
  )
}

/** The enlarged last quarter. */
function Detail({ panel, area, view, references, stock }: StillProps & { area: Area }) {
  const { box, y } = area
  return (
    <g>
      <Tinted {...box} />
      <BothAxes area={area} view={view} title={detailTitle(panel.result, view, box.right - box.left + 80)} />
      <text class="strong" x={round(box.left - titleIndent)} y={round(box.top - 31)}>
        {instabilityInWords(panel, view)}
      </text>
      {view.metric === 'accuracy' && <ReferenceLines references={references} box={box} y={y} />}
      {stock && <StockLine stock={stock} area={area} view={view} />}
      <CurveLines panel={panel} area={area} view={view} />
    </g>
  )
}

/** Which experiments are compared: `A (orange): batch size 4 …; B (violet): …`. */
function sidesInWords(panel: Panel): string {
  const each = panelLayers(panel, completeView(), 'whole').map(
    ({ label, result }) => `${label} is ${differencesInWords(result, variedBetween(panel))}`,
  )
  return `A comparison: ${each.join(', ')}.`
}

/** The fields in which the compared experiments differ. */
function variedBetween({ result: { spec }, compared }: Panel): SpecField[] {
  const fields = (Object.keys(spec) as SpecField[]).filter((field) => spec[field] !== compared?.other.spec[field])
  return fields.length > 0 ? fields : ['batchSize']
}

/** Where a layer ends in an area, with its name; undefined if it has no value or ends before the area. */
function endOf({ name, label, main, result }: PanelLayer, { x, y }: Area, view: View) {
  const last = main.map((value) => value !== null).lastIndexOf(true)
  const value = main[last] ?? null
  const position = positionOfEpoch(result.spec, view, last + 1)
  if (value === null || position < (x.domain() as [number, number])[0]) return undefined
  return { name, label, x: x(position) + 8, y: y(value) }
}

/** The names of the lines at their ends. A run that diverged ends within the area of the whole run. */
function EndLabels({ panel, view }: Pick<StillProps, 'panel' | 'view'>) {
  const { whole, detail, compared } = panel
  const layers = panelLayers(panel, view, 'whole')
  const isCut = layers.some(({ main }) => (main.at(-1) ?? null) === null)
  const usual = isCut ? whole : (detail ?? whole)
  const inWhole = layers.map((layer) => endOf(layer, whole, view))
  // In a comparison the shorter run may end before the last quarter of the longer one.
  const ends = panelLayers(panel, view, usual.part).flatMap(
    (layer, index) => endOf(layer, usual, view) ?? inWhole[index] ?? [],
  )
  // If it diverged, a cross and a word are drawn at the end.
  const heights = spreadApart(ends.map(({ y }) => (isCut && !compared ? y + 34 : y)))
  return (
    <g>
      {ends.map(({ name, label, x }, index) => (
        <text key={name} class={`${name} halo`} x={round(x)} y={round(heights[index]! + 4.5)}>
          {label}
        </text>
      ))}
    </g>
  )
}

const learningCurves: ChartType = {
  summary: 'Train and test metrics by epoch',
  example: 'batchSize=1&epochs=100',
  isOfSeveral: false,
  isComparing: true,
  needs: ['training', 'histories'],
  switches: curveSwitches,
  height: ({ results: [result] }, width) => singleHeight(result, width),
  draw: ({ results: [result], view, references, axes, pinned, side, stock }, frame) => (
    <LearningCurves
      result={result}
      view={view}
      references={references}
      axes={axes}
      pinned={pinned}
      side={side}
      stock={stock}
      {...frame}
    />
  ),
  explore: (subject, size) => exploreCurves([panelOf(subject, size)], [], subject.view),
  takeaway: ({ results: [result], view }) => takeawayOfCurves(result, view),
}

export default learningCurves
