/**
 * Learning curves: the train and test metrics of one experiment, epoch by epoch.
 */
import { useMemo } from 'preact/hooks'

import type { Reference } from '#experiment/reference.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { CurvesCursor, exploreCurves } from './curves-cursor.tsx'
import { Curves } from './curves.tsx'
import { instabilityInWords, Tinted, Zone } from './detail.tsx'
import { AxisX, AxisY, Chart, round, titleIndent, type Frame, type Size } from './frame.tsx'
import type { Kind, Subject } from './kind.ts'
import { singleHeight, singlePanel, type Area, type Panel } from './panels.ts'
import { isDetailed, layersOf } from './parts.ts'
import { References } from './references.tsx'
import { axesOf, horizontalTicks, verticalFormat, verticalTicks } from './scales.ts'
import { spreadApart } from './spread-apart.ts'
import { takeawayOfCurves } from './takeaways.ts'
import { unitsPerEpoch, type View } from './view.ts'
import { detailTitle, horizontalTitle, titleOf, verticalTitle } from './words.ts'

interface LearningCurvesProps extends Frame, Pick<Subject, 'view' | 'references' | 'pin' | 'axes'> {
  result: ExperimentResult
}

/** Where the first of the results of a subject lies. */
function panelOf(
  { results: [result], view, pin, axes }: Pick<Subject, 'results' | 'view' | 'pin' | 'axes'>,
  size: Size,
): Panel {
  const shared = axes ?? axesOf(pin ? [result, pin] : [result], view)
  return { ...singlePanel(result, view, shared, size), pin }
}

/** Draws a result; the history of its first run must be in it. */
function LearningCurves({ result, view, references, pin, axes, cursor, ...frame }: LearningCurvesProps) {
  const { width, height } = frame
  const panel = useMemo(
    () => panelOf({ results: [result], view, pin, axes }, { width, height }),
    [result, view, pin, axes, width, height],
  )
  const still = useMemo(() => <Still panel={panel} view={view} references={references} />, [panel, view, references])
  return (
    <Chart
      {...frame}
      title={titleOf(result, view)}
      description={[takeawayOfCurves(result, view), ...(pin ? [`Behind, in gray: ${titleOf(pin, view)}.`] : [])].join(
        ' ',
      )}
      over={cursor !== undefined && <CurvesCursor panel={panel} panels={[panel]} view={view} stop={cursor} />}
    >
      {still}
      {cursor === undefined && <EndLabels panel={panel} view={view} />}
    </Chart>
  )
}

/** What does not move with the cursor. */
function Still({ panel, view, references }: { panel: Panel; view: View; references: readonly Reference[] }) {
  const { whole, detail } = panel
  return (
    <g>
      {detail && <Zone whole={whole} detail={detail} />}
      <BothAxes area={whole} view={view} title={verticalTitle(view)} />
      {view.metric === 'accuracy' && <References references={references} box={whole.box} y={whole.y} isNamed />}
      <Curves panel={panel} area={whole} view={view} />
      {detail && <Detail panel={panel} area={detail} view={view} references={references} />}
    </g>
  )
}

function BothAxes({ area: { box, x, y }, view, title }: { area: Area; view: View; title: string }) {
  return (
    <>
      <AxisX scale={x} box={box} title={horizontalTitle(view, x)} ticks={horizontalTicks(x, box)} />
      <AxisY scale={y} box={box} title={title} ticks={verticalTicks(y, view)} format={verticalFormat(view)} />
    </>
  )
}

/** The last quarter, enlarged. */
function Detail({
  panel,
  area,
  view,
  references,
}: { panel: Panel; area: Area } & Pick<LearningCurvesProps, 'view' | 'references'>) {
  const { box, y } = area
  return (
    <g>
      <Tinted {...box} />
      <BothAxes area={area} view={view} title={detailTitle(panel.result, view, box.right - box.left + 80)} />
      <text class="strong" x={round(box.left - titleIndent)} y={round(box.top - 31)}>
        {instabilityInWords(panel, view)}
      </text>
      {view.metric === 'accuracy' && <References references={references} box={box} y={y} />}
      <Curves panel={panel} area={area} view={view} />
    </g>
  )
}

/** The names of the lines at their ends; a run that diverged has its end within the whole. */
function EndLabels({ panel, view }: { panel: Panel; view: View }) {
  const { result, whole, detail, isSmall, pin } = panel
  const isCut = layersOf(result, view, 'whole', isSmall).some(({ main }) => (main.at(-1) ?? null) === null)
  const area = isCut ? whole : (detail ?? whole)
  const isPinned = pin && (area.part === 'whole' || isDetailed(pin))
  const ends = [
    ...layersOf(result, view, area.part, isSmall).map(({ name, main }) => ({ name, main, spec: result.spec })),
    ...(isPinned
      ? layersOf(pin, view, area.part, false)
          .slice(1)
          .map(({ main }) => ({ name: 'pinned', main, spec: pin.spec }))
      : []),
  ].flatMap(({ name, main, spec }) => {
    const last = main.findLastIndex((value) => value !== null)
    const value = main[last] ?? null
    if (value === null) return []
    const x = area.x((last + 1) * unitsPerEpoch(spec, view))
    return [{ name, x: isCut ? x + 8 : area.box.right + 8, y: area.y(value) }]
  })
  // Where it is cut, a cross and a word stand at the end.
  const heights = spreadApart(ends.map(({ y }) => (isCut ? y + 34 : y)))
  return (
    <g>
      {ends.map(({ name, x }, index) => (
        <text key={name} class={`${name} halo`} x={round(x)} y={round(heights[index]! + 4.5)}>
          {name}
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
  switches: ['metric', 'axis', 'train', 'runs'],
  height: ({ results: [result] }, width) => singleHeight(result, width),
  draw: ({ results: [result], view, references, pin, axes }, frame) => (
    <LearningCurves result={result} view={view} references={references} pin={pin} axes={axes} {...frame} />
  ),
  explore: (subject, size) => exploreCurves([panelOf(subject, size)], [], subject.view),
  takeaway: ({ results: [result], view }) => takeawayOfCurves(result, view),
}
