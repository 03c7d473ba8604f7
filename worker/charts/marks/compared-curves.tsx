/**
 * Curves behind those of a result for comparison: the pinned experiment, or the same one trained by stock
 * TensorFlow.js. Only the test metric is drawn, thin and gray, on the result's axes.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { Area } from '../axes/curve-panels.ts'
import { round } from '../axes/frame.tsx'
import type { Subject } from '../chart-type.ts'
import { textWidth } from '../text/text-width.ts'
import { placeOfEpoch, type View } from '../view.ts'
import { CompactPath } from './compact-path.ts'
import { layersOf } from './curve-parts.ts'

/** The appearance of a compared result: its description and its dash pattern. */
interface Look {
  /** Its description in the text of the chart. */
  words: string
  dashes: string | undefined
}

const looks = {
  pinned: { words: 'Behind, in gray', dashes: undefined },
  stock: { words: 'Behind, in dashed gray, by stock TensorFlow.js', dashes: '5 3' },
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

interface ComparedLineProps {
  behind: Pick<ComparedResult, 'dashes' | 'result'>
  area: Area
  view: View
}

/** Draws the line in an area. In an enlarged quarter, these are the last epochs of the compared result. */
export function ComparedLine({ behind: { dashes, result }, area, view }: ComparedLineProps) {
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const [from, to] = area.x.domain() as [number, number]
  const positions = line.map((_, index) => placeOfEpoch(result.spec, view, index + 1))
  const first = positions.findIndex((place) => place > from)
  const last = positions.map((place) => place <= to).lastIndexOf(true)
  if (first < 0 || last < first) return null
  const across = positions.slice(first, last + 1).map(area.x)
  const path = new CompactPath().lines([line.slice(first, last + 1)], across, area.y).toString()
  return <path class="line pinned" stroke-dasharray={dashes} d={path} />
}

/**
 * The legend of a dashed line, in a corner of an area where the line does not end, because there is no space next to
 * the ends of lines.
 */
export function ComparedKey({ behind: { dashes, result }, area, view, name }: ComparedLineProps & { name: string }) {
  const { right, top, bottom } = area.box
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const end = line.filter((value) => value !== null).at(-1) ?? null
  const isAbove = end === null || area.y(end) < (top + bottom) / 2
  const y = isAbove ? bottom - 12 : top + 18
  const left = right - 8 - textWidth(name)
  return (
    <g>
      <path class="line pinned" stroke-dasharray={dashes} d={`M${round(left - 30)} ${round(y - 4.5)}h24`} />
      <text class="pinned halo" x={round(right - 8)} y={round(y)} text-anchor="end">
        {name}
      </text>
    </g>
  )
}
