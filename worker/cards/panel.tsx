/**
 * The panels of a card: one result, or several on the same axes.
 */
import { Curves, mainLine } from '#charts/curves.tsx'
import { tick } from '#charts/format.ts'
import type { Box } from '#charts/frame.tsx'
import type { Panel } from '#charts/panels.ts'
import { horizontalScale, horizontalTicks, valueScale, valueTicks } from '#charts/scales.ts'
import { spreadApart } from '#charts/spread-apart.ts'
import { palettes } from '#charts/theme.ts'
import { completeView, linesOf } from '#charts/view.ts'
import { apartInWords } from '#charts/words.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { Words } from './words.tsx'

/** One, or several. The history of the first run must be in each. */
export type Results = readonly [ExperimentResult, ...ExperimentResult[]]

const view = completeView()
const { ink, faint, grid, train, test, diverged } = palettes.light
const colors = { train, test }
const label = 13.5
/** Between panels, in pixels. */
const gap = { x: 10, y: 24 }
const mostColumns = 4

/** The places of results in an area, row by row. */
export function panelsIn(area: Box, results: Results): Panel[] {
  const columns = Math.min(mostColumns, results.length)
  const rows = Math.ceil(results.length / columns)
  const step = { x: (area.right - area.left + gap.x) / columns, y: (area.bottom - area.top + gap.y) / rows }
  const x = horizontalScale(results, view)
  const y = valueScale(results, view)
  return results.map((result, index) => {
    const left = area.left + (index % columns) * step.x
    const top = area.top + Math.floor(index / columns) * step.y
    const box = { left, top, right: left + step.x - gap.x, bottom: top + step.y - gap.y }
    return {
      result,
      box,
      x: x(box),
      y: y(box),
      isSmall: results.length > 1,
      isFirstOfRow: index % columns === 0,
      isLastOfColumn: index + columns >= results.length,
    }
  })
}

/** Whether no run came to its end. */
const isLost = ({ summary }: ExperimentResult) => summary.diverged === summary.runs

/** The curves of one result between its axes. */
export function PanelOf({ panel, results }: { panel: Panel; results: Results }) {
  const { result, box, y, isSmall, isFirstOfRow, isLastOfColumn } = panel
  return (
    <g>
      {valueTicks(y, view).map((value) => (
        <g key={value}>
          <path d={`M${box.left} ${y(value)}H${box.right}`} stroke={grid} />
          {isFirstOfRow && (
            <Words text={tick(value)} x={box.left - 8} y={y(value) + 4} size={label} color={faint} anchor="end" />
          )}
        </g>
      ))}
      {isLastOfColumn && <Epochs panel={panel} />}
      <Curves panel={panel} view={view} />
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
        <Words text={apartInWords(result, [])} x={box.left} y={box.top - 6} size={label} color={ink} />
      ) : (
        <Ends panel={panel} />
      )}
    </g>
  )
}

/** The horizontal axis. */
function Epochs({ panel: { box, x, isSmall, isFirstOfRow } }: { panel: Panel }) {
  const ticks = horizontalTicks(x, isSmall ? 2 : 5)
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

/** The names of the lines at their ends. */
function Ends({ panel }: { panel: Panel }) {
  const ends = linesOf(view).flatMap(({ name, metric }) => {
    const last = mainLine(panel, view, metric).findLast((value) => value !== null)
    return last === undefined || last === null ? [] : [{ name, y: panel.y(last) }]
  })
  const heights = spreadApart(ends.map(({ y }) => y))
  return (
    <g>
      {ends.map(({ name }, index) => (
        <Words key={name} text={name} x={panel.box.right + 7} y={heights[index]! + 4} size={16} color={colors[name]} />
      ))}
    </g>
  )
}
