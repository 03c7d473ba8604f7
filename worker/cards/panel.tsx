/** The panels of a social card: the learning curves of one result, or of several on the same axes. */
import type { Panel } from '#charts/axes/curve-panels.ts'
import { axesOf, horizontalScale, horizontalTicks, verticalScale, verticalTicks } from '#charts/axes/curve-scales.ts'
import type { Box } from '#charts/axes/frame.tsx'
import { palettes } from '#charts/colors.ts'
import { layersOf } from '#charts/marks/curve-parts.ts'
import { CurveLines } from '#charts/marks/curves.tsx'
import { differencesInWords } from '#charts/text/experiment-names.ts'
import { tick } from '#charts/text/format.ts'
import { spreadApart } from '#charts/text/spread-apart.ts'
import { completeView } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { Words } from './words.tsx'

/** One result, or several. Each must contain the history of its first run. */
export type ResultPanel = readonly [ExperimentResult, ...ExperimentResult[]]

const view = completeView()
const { ink, faint, grid, train, test, diverged } = palettes.light
const colors = { train, test }
const label = 13.5
/** The gaps between panels, in pixels. */
const gap = { x: 10, y: 24 }
const mostColumns = 4

/** Lays out the panels of results in an area, row by row. */
export function panelsIn(area: Box, results: ResultPanel): Panel[] {
  const columns = Math.min(mostColumns, results.length)
  const rows = Math.ceil(results.length / columns)
  const step = { x: (area.right - area.left + gap.x) / columns, y: (area.bottom - area.top + gap.y) / rows }
  const axes = axesOf(results, view)
  return results.map((result, index) => {
    const left = area.left + (index % columns) * step.x
    const top = area.top + Math.floor(index / columns) * step.y
    const box = { left, top, right: left + step.x - gap.x, bottom: top + step.y - gap.y }
    return {
      result,
      whole: {
        part: 'whole',
        box,
        x: horizontalScale(axes, box),
        y: verticalScale(axes.whole, view, box),
        from: 1,
      },
      detail: undefined,
      isSmall: results.length > 1,
      isFirstOfRow: index % columns === 0,
      isLastOfColumn: index + columns >= results.length,
      isLow: false,
    }
  })
}

/** Whether every run diverged. */
const isLost = ({ summary }: ExperimentResult) => summary.diverged === summary.runs

/** The curves of one result with its axes. */
export function PanelOf({ panel }: { panel: Panel }) {
  const { result, whole, isSmall, isFirstOfRow, isLastOfColumn } = panel
  const { box, y } = whole
  return (
    <g>
      {verticalTicks(y, view).map((value) => (
        <g key={value}>
          <path d={`M${box.left} ${y(value)}H${box.right}`} stroke={grid} />
          {isFirstOfRow && (
            <Words text={tick(value)} x={box.left - 8} y={y(value) + 4} size={label} color={faint} anchor="end" />
          )}
        </g>
      ))}
      {isLastOfColumn && <Epochs panel={panel} />}
      <CurveLines panel={panel} area={whole} view={view} />
      {isLost(result) && (
        <Words
          text="diverged"
          x={(box.left + box.right) / 2}
          y={(box.top + box.bottom) / 2}
          size={isSmall ? label : 20}
          color={diverged}
          anchor="middle"
        />
      )}
      {isSmall ? (
        <Words text={differencesInWords(result, [])} x={box.left} y={box.top - 6} size={label} color={ink} />
      ) : (
        <Ends panel={panel} />
      )}
    </g>
  )
}

/** The horizontal axis. */
function Epochs({ panel: { whole, isSmall, isFirstOfRow } }: { panel: Panel }) {
  const { box, x } = whole
  const ticks = horizontalTicks(x, box)
  const y = box.bottom + 17
  return (
    <g>
      {isFirstOfRow && <Words text="epoch" x={box.left - 8} y={y} size={label} color={faint} anchor="end" />}
      {ticks.map((value) => (
        <Words
          key={value}
          text={tick(value)}
          x={x(value)}
          y={y}
          size={label}
          color={faint}
          anchor={value === 0 ? 'start' : isSmall && x(value) > box.right - 9 ? 'end' : 'middle'}
        />
      ))}
    </g>
  )
}

/** The names of the lines, at their right ends. */
function Ends({ panel: { result, whole, isSmall } }: { panel: Panel }) {
  const ends = layersOf(result, view, 'whole', isSmall).flatMap(({ name, main }) => {
    const last = main.findLast((value) => value !== null)
    return last === undefined || last === null ? [] : [{ name, y: whole.y(last) }]
  })
  const heights = spreadApart(ends.map(({ y }) => y))
  return (
    <g>
      {ends.map(({ name }, index) => (
        <Words key={name} text={name} x={whole.box.right + 7} y={heights[index]! + 4} size={16} color={colors[name]} />
      ))}
    </g>
  )
}
