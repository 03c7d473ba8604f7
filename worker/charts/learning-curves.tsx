/**
 * Learning curves: the train and test metrics of one experiment, epoch by epoch.
 */
import { useMemo } from 'preact/hooks'

import type { Reference } from '#experiment/reference.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { CurvesCursor, exploreCurves } from './curves-cursor.tsx'
import { Curves, mainLine } from './curves.tsx'
import { AxisX, AxisY, Chart, round, type Frame } from './frame.tsx'
import type { Kind } from './kind.ts'
import { singlePanel, wide, type Panel } from './panels.ts'
import { References } from './references.tsx'
import { horizontalTicks, valueTicks } from './scales.ts'
import { spreadApart } from './spread-apart.ts'
import { takeawayOfCurves } from './takeaways.ts'
import { linesOf, type View } from './view.ts'
import { horizontalTitle, titleOf, verticalTitle } from './words.ts'

interface LearningCurvesProps extends Frame {
  result: ExperimentResult
  view: View
  references: readonly Reference[]
}

/** Draws a result; the history of its first run must be in it. */
export function LearningCurves({ result, view, references, cursor, ...frame }: LearningCurvesProps) {
  const { width, height } = frame
  const panel = useMemo(() => singlePanel(result, view, { width, height }), [result, view, width, height])
  const still = useMemo(() => <Still panel={panel} view={view} references={references} />, [panel, view, references])
  return (
    <Chart {...frame} title={titleOf(result, view)} description={takeawayOfCurves(result, view)}>
      {still}
      {cursor === undefined ? (
        <EndLabels panel={panel} view={view} />
      ) : (
        <CurvesCursor panel={panel} panels={[panel]} view={view} stop={cursor} />
      )}
    </Chart>
  )
}

/** What does not move with the cursor. */
function Still({ panel, view, references }: { panel: Panel; view: View; references: readonly Reference[] }) {
  const { box, x, y } = panel
  return (
    <g>
      <AxisX scale={x} box={box} title={horizontalTitle(view, x)} ticks={horizontalTicks(x, 5)} />
      <AxisY scale={y} box={box} title={verticalTitle(view)} ticks={valueTicks(y, view)} />
      {view.metric === 'accuracy' && <References references={references} box={box} y={y} isNamed />}
      <Curves panel={panel} view={view} />
    </g>
  )
}

/** The names of the lines at their ends. */
function EndLabels({ panel, view }: { panel: Panel; view: View }) {
  const { box, y } = panel
  const ends = linesOf(view).flatMap(({ name, metric }) => {
    const last = mainLine(panel, view, metric).findLast((value) => value !== null)
    return last === undefined || last === null ? [] : [{ name, y: y(last) }]
  })
  const heights = spreadApart(ends.map((end) => end.y))
  return (
    <g>
      {ends.map(({ name }, index) => (
        <text key={name} class={name} x={round(box.right + 8)} y={round(heights[index]! + 4.5)}>
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
  height: (_, width) => Math.round(width * (width >= wide ? 0.56 : 0.88)),
  draw: ({ results: [result], view, references }, frame) => (
    <LearningCurves result={result} view={view} references={references} {...frame} />
  ),
  explore: ({ results: [result], view }, size) => exploreCurves([singlePanel(result, view, size)], [], view),
  takeaway: ({ results: [result], view }) => takeawayOfCurves(result, view),
}
