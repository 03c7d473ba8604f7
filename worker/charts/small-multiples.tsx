/**
 * Small multiples: the learning curves of several experiments side by side, on the same axes.
 */
import { useMemo } from 'preact/hooks'

import type { Reference } from '#experiment/reference.ts'
import type { SpecField } from '#experiment/spec.ts'

import { CurvesCursor, exploreCurves } from './curves-cursor.tsx'
import { Curves } from './curves.tsx'
import { decimal, digitsOf } from './format.ts'
import { AxisX, AxisY, Chart, round, type Frame } from './frame.tsx'
import type { Kind, Subject } from './kind.ts'
import { multiplesHeight, panelGrid, wide, type Panel } from './panels.ts'
import { References } from './references.tsx'
import { horizontalTicks, valueTicks } from './scales.ts'
import { takeawayOfMultiples } from './takeaways.ts'
import type { View } from './view.ts'
import { apartInWords, horizontalTitle, titleOfMultiples, verticalTitle } from './words.ts'

interface SmallMultiplesProps extends Frame {
  results: Subject['results']
  varied: readonly SpecField[]
  view: View
  references: readonly Reference[]
}

/** Draws the results in their order; the histories of their first runs must be in them. */
function SmallMultiples({ results, varied, view, references, cursor, ...frame }: SmallMultiplesProps) {
  const { width, height } = frame
  // On a phone there is no room for both.
  const isWide = width >= wide
  const seeds = Math.max(...results.map(({ spec }) => spec.seeds))
  const panels = useMemo(() => panelGrid(results, view, { width, height }), [results, view, width, height])
  const still = useMemo(
    () =>
      panels.map((panel) => (
        <Still
          key={panel.result.digest}
          panel={panel}
          title={apartInWords(panel.result, varied)}
          view={view}
          references={references}
        />
      )),
    [panels, varied, view, references],
  )
  return (
    <Chart
      {...frame}
      title={titleOfMultiples(results[0], varied, view)}
      description={takeawayOfMultiples(results, varied, view)}
    >
      <text x={0} y={16}>
        {verticalTitle(view)}: <tspan class="train">train</tspan>, <tspan class="test">test</tspan>
        {view.runs === 'all' && seeds > 1 && `; ${isWide ? 'line: one seed, ' : ''}band: middle 80\u202f% of ${seeds}`}
      </text>
      {view.metric === 'accuracy' && references.length > 0 && (
        <text x={0} y={35}>
          dotted: {references.map(({ name, accuracy }) => `${name} ${decimal(accuracy, 2)}`).join(', ')}
        </text>
      )}
      {still}
      {cursor !== undefined &&
        panels.map((panel) => (
          <CurvesCursor key={panel.result.digest} panel={panel} panels={panels} view={view} stop={cursor} />
        ))}
    </Chart>
  )
}

interface StillProps extends Pick<SmallMultiplesProps, 'view' | 'references'> {
  panel: Panel
  title: string
}

/** What does not move with the cursor: a panel's heading, axes and lines. */
function Still({ panel, title, view, references }: StillProps) {
  const { result, box, x, y, isFirstOfRow, isLastOfColumn } = panel
  const instability = result.summary.instability.mean
  return (
    <g>
      <text class="strong" x={round(box.left)} y={round(box.top - 24)}>
        {title}
      </text>
      <text x={round(box.left)} y={round(box.top - 8)}>
        instability {decimal(instability, digitsOf.instability)}
      </text>
      <AxisY scale={y} box={box} ticks={valueTicks(y, view)} labels={isFirstOfRow} />
      {isLastOfColumn && (
        <AxisX isTight scale={x} box={box} title={horizontalTitle(view, x)} ticks={horizontalTicks(x, 2)} />
      )}
      {view.metric === 'accuracy' && <References references={references} box={box} y={y} />}
      <Curves panel={panel} view={view} />
    </g>
  )
}

export const smallMultiples: Kind = {
  summary: 'The learning curves of several experiments, side by side',
  example: 'batchSize=4,32,full&epochs=50',
  isOfSeveral: true,
  needs: ['training', 'histories'],
  switches: ['metric', 'axis', 'train', 'runs'],
  height: ({ results }, width) => multiplesHeight(width, results.length),
  draw: ({ results, varied, view, references }, frame) => (
    <SmallMultiples results={results} varied={varied} view={view} references={references} {...frame} />
  ),
  explore: ({ results, varied, view }, size) => exploreCurves(panelGrid(results, view, size), varied, view),
  takeaway: ({ results, varied, view }) => takeawayOfMultiples(results, varied, view),
}
