/**
 * The sweep chart: test accuracy and instability against the batch size or another field. If two fields vary, each
 * value of the second one is a line. Bars show the middle 80 % of the runs.
 */
import { useMemo } from 'preact/hooks'

import type { Reference } from '#experiment/result/reference-accuracy.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { wide } from '../axes/curve-panels.ts'
import { isLogarithmic } from '../axes/curve-scales.ts'
import { AxisX, AxisY, Chart, round, type Frame } from '../axes/frame.tsx'
import type { ChartType, Subject } from '../chart-type.ts'
import { Key, Mark } from '../marks/class-points.tsx'
import { CompactPath } from '../marks/compact-path.ts'
import { ReferenceLines } from '../marks/reference-lines.tsx'
import { titleOfSweep } from '../text/experiment-names.ts'
import { digitsOf, missing, spread } from '../text/format.ts'
import { takeawayOfSweep } from '../text/takeaway-of-several.ts'
import {
  axisTitle,
  exploreSweep,
  namedSettings,
  quantityOf,
  sweepLayout,
  type SweepLayout,
  type SweepLine,
  type SweepPanel,
} from './sweep-panels.ts'

interface SweepProps extends Frame {
  results: Subject['results']
  varied: readonly SpecField[]
  references: readonly Reference[]
}

/** Draws the results of a sweep. */
function Sweep({ results, varied, references, cursor, ...frame }: SweepProps) {
  const { width, height } = frame
  const layout = useMemo(() => sweepLayout(results, varied, { width, height }), [results, varied, width, height])
  const still = useMemo(() => <Still layout={layout} references={references} />, [layout, references])
  return (
    <Chart
      {...frame}
      title={titleOfSweep(results, varied)}
      description={() => takeawayOfSweep(results, varied)}
      over={
        cursor !== undefined &&
        layout.panels.map((panel) => (
          <SweepCursor
            key={panel.quantity}
            panel={panel}
            position={layout.settings[cursor]!.position}
            lines={layout.lines}
          />
        ))
      }
    >
      {still}
    </Chart>
  )
}

/** The part that does not depend on the cursor. */
function Still({ layout, references }: { layout: SweepLayout; references: readonly Reference[] }) {
  const { panels, settings, lines } = layout
  return (
    <g>
      {lines.length > 1 && <Key names={lines.map(({ name }) => name)} left={0} top={22} width={panels[1]!.box.right} />}
      {panels.map((panel) => (
        <g key={panel.quantity}>
          <AxisY scale={panel.y} box={panel.box} title={panel.title} ticks={panel.ticks} />
          <AxisX
            scale={panel.x}
            box={panel.box}
            ticks={namedSettings(settings, panel.x).map(({ position }) => position)}
            format={(position) => settings.find((setting) => setting.position === position)?.name ?? missing}
            title={axisTitle(layout) + (isLogarithmic(panel.x) ? ' (log scale)' : '')}
          />
          {panel.quantity === 'accuracy' && (
            <ReferenceLines references={references} box={panel.box} y={panel.y} isNamed />
          )}
          {lines.map(({ name, points }, index) => (
            <Line
              key={name}
              panel={panel}
              points={points.map(({ result, position }) => ({ result, x: panel.x(position) }))}
              look={lines.length > 1 ? `class-${index}` : panel.quantity === 'accuracy' ? 'test' : 'ink'}
              shape={index}
            />
          ))}
        </g>
      ))}
    </g>
  )
}

interface LineProps {
  panel: SweepPanel
  points: { result: ExperimentResult; x: number }[]
  look: string
  shape: number
}

/** One line with a mark at each setting. A setting whose runs all diverged has a red cross at the bottom. */
function Line({ panel: { quantity, box, y }, points, look, shape }: LineProps) {
  const drawn = points.map(({ result, x }) => ({ x, ...quantityOf(result, quantity), result }))
  const path = new CompactPath().lines(
    [drawn.map(({ mean }) => mean)],
    drawn.map(({ x }) => x),
    y,
  )
  const d = path.toString()
  return (
    <g class={look}>
      {d && <path class="line" d={d} />}
      {drawn.map(({ x, mean, p10, p90, result: { summary } }) => {
        const at = round(x)
        if (mean === null) {
          if (summary.diverged < summary.runs) return null
          return <path key={at} class="line cross diverged" d={`M${at - 4} ${round(box.bottom) - 12}l8 8m-8 0l8-8`} />
        }
        return (
          <g key={at}>
            {summary.runs > 1 && (
              <line class="line bar" x1={at} x2={at} y1={round(y(p10 ?? mean))} y2={round(y(p90 ?? mean))} />
            )}
            <Mark label={shape} x={at} y={round(y(mean))} />
          </g>
        )
      })}
    </g>
  )
}

interface SweepCursorProps {
  panel: SweepPanel
  position: number
  lines: readonly SweepLine[]
}

/** The cursor in a panel: a vertical line, and the values of all lines in a corner that is free. */
function SweepCursor({ panel: { quantity, box, x }, position, lines }: SweepCursorProps) {
  const at = round(x(position))
  const isLeft = at > (box.left + box.right) / 2
  const atCursor = lines.map(({ points }) => points.find((point) => point.position === position)?.result)
  return (
    <g>
      <line class="cursor" x1={at} x2={at} y1={box.top} y2={box.bottom} />
      {atCursor.map((result, index) => (
        <text
          key={result?.digest ?? index}
          class={`halo strong ${atCursor.length > 1 ? `class-${index}` : ''}`}
          x={isLeft ? at - 9 : at + 9}
          y={round(box.bottom - 10 - 17 * (atCursor.length - 1 - index))}
          text-anchor={isLeft ? 'end' : 'start'}
        >
          {result ? spread(quantityOf(result, quantity), digitsOf[quantity]) : missing}
        </text>
      ))}
    </g>
  )
}

const sweep: ChartType = {
  summary: 'How a field, or two, change what comes out',
  example: 'batchSize=4,32,full&epochs=50',
  isOfSeveral: true,
  needs: ['training'],
  switches: [],
  height: (_, width) => Math.round(width * (width >= wide ? 0.5 : 1.45)),
  draw: ({ results, varied, references }, frame) => (
    <Sweep results={results} varied={varied} references={references} {...frame} />
  ),
  explore: ({ results, varied }, size) => exploreSweep(varied, sweepLayout(results, varied, size)),
  takeaway: ({ results, varied }) => takeawayOfSweep(results, varied),
}

export default sweep
