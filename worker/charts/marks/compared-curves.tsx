/**
 * Curves behind those of a result for comparison: the pinned experiment, or the same one trained by stock
 * TensorFlow.js. Only the test metric is drawn, thin and gray, on the result's axes.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { Area, Panel } from '../axes/curve-panels.ts'
import { round } from '../axes/frame.tsx'
import type { Subject } from '../chart-type.ts'
import { textWidth } from '../text/text-width.ts'
import { positionOfEpoch, type View } from '../view.ts'
import { CompactPath } from './compact-path.ts'
import { layersOf } from './curve-parts.ts'

/** The appearance of a compared result: its description and its dash pattern. */
interface Look {
  /** Its name next to its line. */
  label: string
  /** Its description in the text of the chart. */
  words: string
  dashes: string | undefined
}

const looks = {
  pinned: { label: 'pin', words: 'Behind, in gray', dashes: undefined },
  stock: { label: 'TensorFlow.js', words: 'Behind, in dashed gray, by stock TensorFlow.js', dashes: '5 3' },
} satisfies Record<string, Look>

export interface ComparedResult extends Look {
  name: keyof typeof looks
  result: ExperimentResult
}

/** The results that are drawn behind a subject's first result. */
export function comparedResultOf(subject: Pick<Subject, keyof typeof looks>): ComparedResult[] {
  return (['pinned', 'stock'] as const).flatMap((name) => {
    const result = subject[name]
    return result ? [{ name, result, ...looks[name] }] : []
  })
}

/** The vertical distance between names in a corner, in pixels. */
const lineHeight = 17

interface ComparedLineProps {
  behind: Pick<ComparedResult, 'dashes' | 'result'>
  area: Area
  view: View
}

/** Draws the line in an area. In an enlarged quarter, these are the last epochs of the compared result. */
export function ComparedLine({ behind: { dashes, result }, area, view }: ComparedLineProps) {
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const [from, to] = area.x.domain() as [number, number]
  const positions = line.map((_, index) => positionOfEpoch(result.spec, view, index + 1))
  const first = positions.findIndex((place) => place > from)
  const last = positions.map((place) => place <= to).lastIndexOf(true)
  if (first < 0 || last < first) return null
  const across = positions.slice(first, last + 1).map(area.x)
  const path = new CompactPath().lines([line.slice(first, last + 1)], across, area.y).toString()
  // A diverged run has nothing to draw.
  return path ? <path class="line pinned" stroke-dasharray={dashes} d={path} /> : null
}

/** The area for the name of a line that does not end next to the others: the last quarter if the line reaches it. */
export function areaOfKey({ result }: Pick<ComparedResult, 'result'>, { whole, detail }: Panel, view: View): Area {
  const isIn = detail && positionOfEpoch(result.spec, view, result.spec.epochs) > detail.x.domain()[0]
  return isIn ? detail : whole
}

interface ComparedKeyProps {
  behind: Pick<ComparedResult, 'dashes' | 'result' | 'label'>
  area: Area
  view: View
  /** The number of names that the corner already holds. */
  row: number
}

/**
 * The legend of a dashed line, in a corner of an area where the line does not end, because there is no space next to
 * the ends of lines.
 */
export function ComparedKey({ behind: { dashes, result, label }, area, view, row }: ComparedKeyProps) {
  const { right, top, bottom } = area.box
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const end = line.filter((value) => value !== null).at(-1) ?? null
  const isAbove = end === null || area.y(end) < (top + bottom) / 2
  const y = isAbove ? bottom - 12 - lineHeight * row : top + 18 + lineHeight * row
  const left = right - 8 - textWidth(label)
  return (
    <g>
      <path class="line pinned" stroke-dasharray={dashes} d={`M${round(left - 30)} ${round(y - 4.5)}h24`} />
      <text class="pinned halo" x={round(right - 8)} y={round(y)} text-anchor="end">
        {label}
      </text>
    </g>
  )
}
