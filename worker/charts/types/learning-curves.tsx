/** The learning curves chart: the train and test metrics of one experiment by epoch, and the last quarter enlarged. */
import { useMemo } from 'preact/hooks'

import type { ExperimentResult } from '#experiment/result/result.ts'

import { singleHeight, singlePanel, type Area, type Panel } from '../axes/curve-panels.ts'
import { axesOf, horizontalTicks, verticalFormat, verticalTicks } from '../axes/curve-scales.ts'
import { AxisX, AxisY, Chart, round, titleIndent, type Frame, type Size } from '../axes/frame.tsx'
import type { ChartType, Subject } from '../chart-type.ts'
import {
  areaOfKey,
  ComparedKey,
  ComparedLine,
  comparedResultOf,
  type ComparedResult,
} from '../marks/compared-curves.tsx'
import { layersOf } from '../marks/curve-parts.ts'
import { CurvesCursor, exploreCurves } from '../marks/curves-cursor.tsx'
import { CurveLines } from '../marks/curves.tsx'
import { instabilityInWords, Tinted, Zone } from '../marks/last-quarter.tsx'
import { ReferenceLines } from '../marks/reference-lines.tsx'
import { Memo } from '../memo.tsx'
import { detailTitle, horizontalTitle, titleOf, verticalTitle } from '../text/experiment-names.ts'
import { spreadApart } from '../text/spread-apart.ts'
import { takeawayOfCurves } from '../text/takeaway-of-curves.ts'
import { curveSwitches, positionOfEpoch, type View } from '../view.ts'

interface LearningCurvesProps extends Frame, Pick<Subject, 'view' | 'references' | 'axes' | 'pinned' | 'stock'> {
  result: ExperimentResult
}

/** The panel of a subject's first result, on axes that also cover what is drawn behind it. */
function panelOf(
  { results, view, axes, ...others }: Pick<Subject, 'results' | 'view' | 'axes' | 'pinned' | 'stock'>,
  size: Size,
): Panel {
  const [result] = results
  const all = [result, ...comparedResultOf(others).map((behind) => behind.result)]
  return singlePanel(result, view, axes ?? axesOf(all, view), size)
}

/** Draws a result, which must contain the history of its first run. */
function LearningCurves({ result, view, references, axes, pinned, stock, cursor, ...frame }: LearningCurvesProps) {
  const { width, height } = frame
  const panel = useMemo(
    () => panelOf({ results: [result], view, axes, pinned, stock }, { width, height }),
    [result, pinned, stock, view, axes, width, height],
  )
  const behind = useMemo(() => comparedResultOf({ pinned, stock }), [pinned, stock])
  return (
    <Chart
      {...frame}
      title={titleOf(result, view)}
      description={() =>
        [
          takeawayOfCurves(result, view),
          ...behind.map(({ words, result: other }) => `${words}: ${titleOf(other, view)}.`),
        ].join(' ')
      }
      over={cursor !== undefined && <CurvesCursor panel={panel} panels={[panel]} view={view} stop={cursor} />}
    >
      <Memo of={[panel, view, references, behind]}>
        {() => <Still panel={panel} view={view} references={references} behind={behind} />}
      </Memo>
      {cursor === undefined && <EndLabels panel={panel} view={view} behind={behind} />}
      {behind
        .filter((one) => one.name === 'stock' || !isNamedAtEnd(one, panel, view))
        .map((one, row) => (
          <ComparedKey key={one.name} behind={one} area={areaOfKey(one, panel, view)} view={view} row={row} />
        ))}
    </Chart>
  )
}

type StillProps = { panel: Panel; behind: readonly ComparedResult[] } & Pick<LearningCurvesProps, 'view' | 'references'>

/** The part that does not depend on the cursor. */
function Still({ panel, view, references, behind }: StillProps) {
  const { whole, detail } = panel
  return (
    <g>
      {detail && <Zone whole={whole} detail={detail} />}
      <BothAxes area={whole} view={view} title={verticalTitle(view)} isUntitled={panel.isLow} />
      {view.metric === 'accuracy' && <ReferenceLines references={references} box={whole.box} y={whole.y} isNamed />}
      {behind.map((one) => (
        <ComparedLine key={one.name} behind={one} area={whole} view={view} />
      ))}
      <CurveLines panel={panel} area={whole} view={view} />
      {detail && <Detail panel={panel} area={detail} view={view} references={references} behind={behind} />}
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
function Detail({ panel, area, view, references, behind }: StillProps & { area: Area }) {
  const { box, y } = area
  return (
    <g>
      <Tinted {...box} />
      <BothAxes area={area} view={view} title={detailTitle(panel.result, view, box.right - box.left + 80)} />
      <text class="strong" x={round(box.left - titleIndent)} y={round(box.top - 31)}>
        {instabilityInWords(panel, view)}
      </text>
      {view.metric === 'accuracy' && <ReferenceLines references={references} box={box} y={y} />}
      {behind.map((one) => (
        <ComparedLine key={one.name} behind={one} area={area} view={view} />
      ))}
      <CurveLines panel={panel} area={area} view={view} />
    </g>
  )
}

/** Whether a run of the panel diverged, so that its lines end early. */
function isCutOff({ result, isSmall }: Panel, view: View): boolean {
  return layersOf(result, view, 'whole', isSmall).some(({ main }) => (main.at(-1) ?? null) === null)
}

/** Whether the pinned line ends next to the others and is labeled there; otherwise it is labeled in a corner. */
function isNamedAtEnd({ result: pinned }: Pick<ComparedResult, 'result'>, panel: Panel, view: View): boolean {
  return pinned.spec.epochs === panel.result.spec.epochs && !isCutOff(panel, view)
}

/** The names of the lines at their ends. A run that diverged ends within the area of the whole run. */
function EndLabels({ panel, view, behind }: Pick<StillProps, 'panel' | 'view' | 'behind'>) {
  const { result, whole, detail, isSmall } = panel
  const isCut = isCutOff(panel, view)
  const area = isCut ? whole : (detail ?? whole)
  const pinned = behind.find((one) => one.name === 'pinned' && isNamedAtEnd(one, panel, view))?.result
  const named = [
    ...layersOf(result, view, area.part, isSmall).map(({ name, main }) => ({ name, main, spec: result.spec })),
    ...(pinned
      ? layersOf(pinned, view, area.part, false)
          .slice(-1)
          .map(({ main }) => ({ name: 'pinned', main, spec: pinned.spec }))
      : []),
  ]
  const ends = named.flatMap(({ name, main, spec }) => {
    const last = main.map((value) => value !== null).lastIndexOf(true)
    const value = main[last] ?? null
    if (value === null) return []
    const x = area.x(positionOfEpoch(spec, view, last + 1))
    return [{ name, x: isCut ? x + 8 : area.box.right + 8, y: area.y(value) }]
  })
  // If it diverged, a cross and a word are drawn at the end.
  const heights = spreadApart(ends.map(({ y }) => (isCut ? y + 34 : y)))
  return (
    <g>
      {ends.map(({ name, x }, index) => (
        <text key={name} class={`${name} halo`} x={round(x)} y={round(heights[index]! + 4.5)}>
          {name === 'pinned' ? 'pin' : name}
        </text>
      ))}
    </g>
  )
}

const learningCurves: ChartType = {
  summary: 'Train and test metrics by epoch',
  example: 'batchSize=1&epochs=100',
  isOfSeveral: false,
  needs: ['training', 'histories'],
  switches: curveSwitches,
  height: ({ results: [result] }, width) => singleHeight(result, width),
  draw: ({ results: [result], view, references, axes, pinned, stock }, frame) => (
    <LearningCurves
      result={result}
      view={view}
      references={references}
      axes={axes}
      pinned={pinned}
      stock={stock}
      {...frame}
    />
  ),
  explore: (subject, size) => exploreCurves([panelOf(subject, size)], [], subject.view),
  takeaway: ({ results: [result], view }) => takeawayOfCurves(result, view),
}

export default learningCurves
