/**
 * The curve of the same experiment trained by stock TensorFlow.js, behind those of a result: its test metric, thin, gray
 * and dashed, on the result's axes, with its name in a corner.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { Area } from '../axes/curve-panels.ts'
import { round } from '../axes/frame.tsx'
import { textWidth } from '../text/text-width.ts'
import { positionOfEpoch, type View } from '../view.ts'
import { CompactPath } from './compact-path.ts'
import { layersOf } from './curve-parts.ts'

const dashes = '5 3'
const label = 'TensorFlow.js'

interface StockLineProps {
  stock: ExperimentResult
  area: Area
  view: View
}

/** Draws the line in an area. */
export function StockLine({ stock: result, area, view }: StockLineProps) {
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const [from, to] = area.x.domain() as [number, number]
  const positions = line.map((_, index) => positionOfEpoch(result.spec, view, index + 1))
  const first = positions.findIndex((place) => place > from)
  const last = positions.map((place) => place <= to).lastIndexOf(true)
  if (first < 0 || last < first) return null
  const across = positions.slice(first, last + 1).map(area.x)
  const path = new CompactPath().lines([line.slice(first, last + 1)], across, area.y).toString()
  // A diverged run has nothing to draw.
  return path ? <path class="line stock" stroke-dasharray={dashes} d={path} /> : null
}

/**
 * The legend of the dashed line, in a corner of an area where the line does not end, because there is no space next to
 * the ends of lines.
 */
export function StockKey({ stock: result, area, view }: StockLineProps) {
  const { right, top, bottom } = area.box
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const end = line.filter((value) => value !== null).at(-1) ?? null
  const isAbove = end === null || area.y(end) < (top + bottom) / 2
  const y = isAbove ? bottom - 12 : top + 18
  const left = right - 8 - textWidth(label)
  return (
    <g>
      <path class="line stock" stroke-dasharray={dashes} d={`M${round(left - 30)} ${round(y - 4.5)}h24`} />
      <text class="stock halo" x={round(right - 8)} y={round(y)} text-anchor="end">
        {label}
      </text>
    </g>
  )
}
