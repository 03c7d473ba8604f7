/**
 * Learning curves: the train and test metrics of one experiment, epoch by epoch.
 */
import { useMemo } from 'preact/hooks'

import type { ExperimentResult } from '#experiment/result.ts'

import { CurvesCursor, exploreCurves } from './curves-cursor.tsx'
import { Curves } from './curves.tsx'
import { instabilityInWords, Tinted, Zone } from './detail.tsx'
import { AxisX, AxisY, Chart, round, titleIndent, type Frame, type Size } from './frame.tsx'
import { Kept } from './kept.tsx'
import type { Kind, Subject } from './kind.ts'
import { singleHeight, singlePanel, type Area, type Panel } from './panels.ts'
import { layersOf } from './parts.ts'
import { areaOfKey, BehindKey, BehindLine, behindOf, type Behind } from './pinned.tsx'
import { References } from './references.tsx'
import { axesOf, horizontalTicks, verticalFormat, verticalTicks } from './scales.ts'
import { spreadApart } from './spread-apart.ts'
import { takeawayOfCurves } from './takeaway-of-curves.ts'
import { curveSwitches, placeOfEpoch, type View } from './view.ts'
import { detailTitle, horizontalTitle, titleOf, verticalTitle } from './words.ts'

interface LearningCurvesProps extends Frame, Pick<Subject, 'view' | 'references' | 'axes' | 'pinned' | 'stock'> {
  result: ExperimentResult
}

/** Where the first of the results of a subject lies, on axes that hold what is behind it too. */
function panelOf(
  { results, view, axes, ...others }: Pick<Subject, 'results' | 'view' | 'axes' | 'pinned' | 'stock'>,
  size: Size,
): Panel {
  const [result] = results
  const all = [result, ...behindOf(others).map((behind) => behind.result)]
  return singlePanel(result, view, axes ?? axesOf(all, view), size)
}

/** Draws a result; the history of its first run must be in it. */
function LearningCurves({ result, view, references, axes, pinned, stock, cursor, ...frame }: LearningCurvesProps) {
  const { width, height } = frame
  const panel = useMemo(
    () => panelOf({ results: [result], view, axes, pinned, stock }, { width, height }),
    [result, pinned, stock, view, axes, width, height],
  )
  const behind = useMemo(() => behindOf({ pinned, stock }), [pinned, stock])
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
      <Kept of={[panel, view, references, behind]}>
        {() => <Still panel={panel} view={view} references={references} behind={behind} />}
      </Kept>
      {cursor === undefined && <EndLabels panel={panel} view={view} behind={behind} />}
      {behind
        .filter((one) => one.name === 'stock' || !isNamedAtEnd(one, panel, view))
        .map((one, row) => (
          <BehindKey key={one.name} behind={one} area={areaOfKey(one, panel, view)} view={view} row={row} />
        ))}
    </Chart>
  )
}

type StillProps = { panel: Panel; behind: readonly Behind[] } & Pick<LearningCurvesProps, 'view' | 'references'>

/** What does not move with the cursor. */
function Still({ panel, view, references, behind }: StillProps) {
  const { whole, detail } = panel
  return (
    <g>
      {detail && <Zone whole={whole} detail={detail} />}
      <BothAxes area={whole} view={view} title={verticalTitle(view)} isUntitled={panel.isLow} />
      {view.metric === 'accuracy' && <References references={references} box={whole.box} y={whole.y} isNamed />}
      {behind.map((one) => (
        <BehindLine key={one.name} behind={one} area={whole} view={view} />
      ))}
      <Curves panel={panel} area={whole} view={view} />
      {detail && <Detail panel={panel} area={detail} view={view} references={references} behind={behind} />}
    </g>
  )
}

interface BothAxesProps {
  area: Area
  view: View
  /** Of the vertical axis. */
  title: string
  /** The horizontal one has its title elsewhere. */
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

/** The last quarter, enlarged. */
function Detail({ panel, area, view, references, behind }: StillProps & { area: Area }) {
  const { box, y } = area
  return (
    <g>
      <Tinted {...box} />
      <BothAxes area={area} view={view} title={detailTitle(panel.result, view, box.right - box.left + 80)} />
      <text class="strong" x={round(box.left - titleIndent)} y={round(box.top - 31)}>
        {instabilityInWords(panel, view)}
      </text>
      {view.metric === 'accuracy' && <References references={references} box={box} y={y} />}
      {behind.map((one) => (
        <BehindLine key={one.name} behind={one} area={area} view={view} />
      ))}
      <Curves panel={panel} area={area} view={view} />
    </g>
  )
}

/** Whether a run of the panel diverged: its lines end before the others. */
function isCutOff({ result, isSmall }: Panel, view: View): boolean {
  return layersOf(result, view, 'whole', isSmall).some(({ main }) => (main.at(-1) ?? null) === null)
}

/** Whether the pinned experiment ends beside the one that is shown, and so has its name there; else in a corner. */
function isNamedAtEnd({ result: pinned }: Pick<Behind, 'result'>, panel: Panel, view: View): boolean {
  return pinned.spec.epochs === panel.result.spec.epochs && !isCutOff(panel, view)
}

/** The names of the lines at their ends; a run that diverged has its end within the whole. */
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
    const x = area.x(placeOfEpoch(spec, view, last + 1))
    return [{ name, x: isCut ? x + 8 : area.box.right + 8, y: area.y(value) }]
  })
  // Where it is cut, a cross and a word stand at the end.
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

export const learningCurves: Kind = {
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
