/**
 * The lines of one result in an area. A single run is a thin line; curve-parts.ts describes the layers of several.
 * Noise is never smoothed, because it is the subject. A run that diverged ends in a red cross.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { Area, Panel } from '../axes/curve-panels.ts'
import { round } from '../axes/frame.tsx'
import { textWidth } from '../text/text-width.ts'
import { linesOf, positionOfEpoch, type View } from '../view.ts'
import { CompactPath, type Column } from './compact-path.ts'
import { firstOfDetail, layersOf, type CurvePart } from './curve-parts.ts'

interface CurvesProps {
  panel: Panel
  area: Area
  view: View
}

/** Draws the lines of a panel's result in one of its areas. */
export function CurveLines({ panel: { result, isSmall }, area, view }: CurvesProps) {
  const { part, y } = area
  const across = acrossOf(result, area, view)
  const shown = (values: Column) => shownOf(values, result, part)
  return (
    <g>
      {layersOf(result, view, part, isSmall).map(({ name, runs, band, main }) => {
        const seeds = new CompactPath().lines(runs.map(shown), across, y).toString()
        const edge = band && new CompactPath().area(shown(band[0]), shown(band[1]), across, y).toString()
        const line = new CompactPath().lines([shown(main)], across, y).toString()
        return (
          <g key={name}>
            {seeds && <path class={`line seeds ${name}`} d={seeds} />}
            {edge && <path class={`band ${name}`} d={edge} />}
            {line && <path class={`line ${name}`} d={line} />}
          </g>
        )
      })}
      <Divergence result={result} area={area} view={view} />
    </g>
  )
}

/** The values of a column that an area shows. */
function shownOf(values: Column, { spec }: ExperimentResult, part: CurvePart): Column {
  return part === 'detail' ? values.slice(firstOfDetail(spec) - 1) : values
}

/** The horizontal positions of those values. */
function acrossOf({ spec }: ExperimentResult, { part, x }: Area, view: View): number[] {
  const from = part === 'detail' ? firstOfDetail(spec) : 1
  return Array.from({ length: spec.epochs - from + 1 }, (_, index) => x(positionOfEpoch(spec, view, from + index)))
}

/** Marks where the drawn runs diverged, and labels how many did. */
function Divergence({
  result,
  area: { part, box, x, y, from },
  view,
}: { result: ExperimentResult } & Omit<CurvesProps, 'panel'>) {
  const isSpread = view.runs === 'all' && result.curves !== undefined
  const runs = isSpread ? result.runs : result.runs.slice(0, 1)
  const diverged = runs.filter((run) => run.diverged)
  if (diverged.length === 0) return null
  const metric = linesOf(view)[1]!.metric
  const crosses = diverged.flatMap(({ seed, history }) => {
    const last = (history?.[metric].indexOf(null) ?? 0) - 1
    if (last < from - 1) return []
    const at = { x: x(positionOfEpoch(result.spec, view, last + 1)), y: y(history?.[metric][last] ?? 0) }
    return [{ seed, x: round(at.x), y: round(at.y) }]
  })
  const words = isSpread ? `${diverged.length} of ${runs.length} diverged` : 'diverged'
  const isLabeled = part === 'whole' || diverged.length === runs.length
  return (
    <g>
      {crosses.map((at) => (
        <path key={at.seed} class="line cross diverged" d={`M${at.x - 4} ${at.y - 4}l8 8m-8 0l8-8`} />
      ))}
      {isLabeled && <DivergenceLabel words={words} at={runs.length === 1 ? crosses[0] : undefined} box={box} />}
    </g>
  )
}

/** The label of a divergence, next to the cross if there is only one, otherwise in the middle of the area. */
function DivergenceLabel({
  words,
  at,
  box,
}: {
  words: string
  at: { x: number; y: number } | undefined
  box: Area['box']
}) {
  const isRight = at !== undefined && at.x + 8 + textWidth(words) < box.right
  const [x, anchor] = !at ? [(box.left + box.right) / 2, 'middle'] : isRight ? [at.x + 9, 'start'] : [at.x - 9, 'end']
  return (
    <text
      class="diverged halo"
      x={round(x)}
      y={round(at ? at.y + 4.5 : (box.top + box.bottom) / 2)}
      text-anchor={anchor}
    >
      {words}
    </text>
  )
}
