/**
 * What a result is compared with, behind its curves: the pinned experiment, or the same one by stock TensorFlow.js. Its
 * test metric alone, thin and gray, on the axes of the result.
 */
import type { ExperimentResult } from '#experiment/result.ts'

import { CompactPath } from './compact-path.ts'
import { round } from './frame.tsx'
import type { Subject } from './kind.ts'
import type { Area, Panel } from './panels.ts'
import { layersOf } from './parts.ts'
import { widthOf } from './text.ts'
import { placeOfEpoch, type View } from './view.ts'

/** A result that is drawn behind another: whose it is, what its line is called, and how it is dashed. */
interface Look {
  label: string
  /** In a sentence about the chart. */
  words: string
  dashes: string | undefined
}

const looks = {
  pinned: { label: 'pin', words: 'Behind, in gray', dashes: undefined },
  stock: { label: 'TensorFlow.js', words: 'Behind, in dashed gray, by stock TensorFlow.js', dashes: '5 3' },
} satisfies Record<string, Look>

export interface Behind extends Look {
  name: keyof typeof looks
  result: ExperimentResult
}

/** What is drawn behind the first of a subject's results. */
export function behindOf(subject: Pick<Subject, keyof typeof looks>): Behind[] {
  return (['pinned', 'stock'] as const).flatMap((name) => {
    const result = subject[name]
    return result ? [{ name, result, ...looks[name] }] : []
  })
}

/** From one name in a corner to the next. */
const lineHeight = 17

interface BehindLineProps {
  behind: Pick<Behind, 'dashes' | 'result'>
  area: Area
  view: View
}

/** Draws the line in an area; of an enlarged quarter the last epochs of what is behind. */
export function BehindLine({ behind: { dashes, result }, area, view }: BehindLineProps) {
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const [from, to] = area.x.domain() as [number, number]
  const places = line.map((_, index) => placeOfEpoch(result.spec, view, index + 1))
  const first = places.findIndex((place) => place > from)
  const last = places.map((place) => place <= to).lastIndexOf(true)
  if (first < 0 || last < first) return null
  const across = places.slice(first, last + 1).map(area.x)
  const path = new CompactPath().lines([line.slice(first, last + 1)], across, area.y).toString()
  // One that diverged has nothing to draw.
  return path ? <path class="line pinned" stroke-dasharray={dashes} d={path} /> : null
}

/** The area that has the name of a line which does not end beside the others: the last quarter, where the line is in it. */
export function areaOfKey({ result }: Pick<Behind, 'result'>, { whole, detail }: Panel, view: View): Area {
  const isIn = detail && placeOfEpoch(result.spec, view, result.spec.epochs) > detail.x.domain()[0]
  return isIn ? detail : whole
}

interface BehindKeyProps {
  behind: Pick<Behind, 'dashes' | 'result' | 'label'>
  area: Area
  view: View
  /** How many names stand in the corner already. */
  row: number
}

/** Names a line in a corner of an area that the line does not end in: beside the ends of lines is no room. */
export function BehindKey({ behind: { dashes, result, label }, area, view, row }: BehindKeyProps) {
  const { right, top, bottom } = area.box
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const end = line.filter((value) => value !== null).at(-1) ?? null
  const isAbove = end === null || area.y(end) < (top + bottom) / 2
  const y = isAbove ? bottom - 12 - lineHeight * row : top + 18 + lineHeight * row
  const left = right - 8 - widthOf(label)
  return (
    <g>
      <path class="line pinned" stroke-dasharray={dashes} d={`M${round(left - 30)} ${round(y - 4.5)}h24`} />
      <text class="pinned halo" x={round(right - 8)} y={round(y)} text-anchor="end">
        {label}
      </text>
    </g>
  )
}
