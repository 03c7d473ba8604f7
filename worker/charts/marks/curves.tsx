/**
 * The lines of a panel in an area. A single run is a thin line; curve-parts.ts describes the layers of several.
 * Noise is never smoothed, because it is the subject. A run that diverged ends in a red cross.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { Area, Panel } from '../axes/curve-panels.ts'
import { round } from '../axes/frame.tsx'
import { textWidth } from '../text/text-width.ts'
import { linesOf, positionOfEpoch, type View } from '../view.ts'
import { CompactPath, type Column } from './compact-path.ts'
import { panelLayers } from './curve-parts.ts'

interface CurvesProps {
  panel: Panel
  area: Area
  view: View
}

/** Draws the lines of a panel in one of its areas. */
export function CurveLines({ panel, area, view }: CurvesProps) {
  const { part, y } = area
  return (
    <g>
      {panelLayers(panel, view, part).map(({ result, name, runs, band, main }) => {
        const { from, to } = epochsIn(area, result, view)
        const across = Array.from({ length: to - from }, (_, index) =>
          area.x(positionOfEpoch(result.spec, view, from + index + 1)),
        )
        const shown = (values: Column) => values.slice(from, to)
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
      <Divergence result={panel.result} area={area} view={view} />
      {panel.compared && <Divergence result={panel.compared.other} area={area} view={view} />}
    </g>
  )
}

/** The epochs of a result that an area shows, as the ends of a slice: those that end within its axis. */
function epochsIn({ part, x }: Area, { spec }: ExperimentResult, view: View): { from: number; to: number } {
  const [least, most] = x.domain() as [number, number]
  const ends = Array.from({ length: spec.epochs }, (_, index) => positionOfEpoch(spec, view, index + 1))
  // The axis of a last quarter begins at the end of the epoch before it.
  const from = ends.findIndex((end) => (part === 'detail' ? end > least : end >= least))
  if (from < 0) return { from: 0, to: 0 }
  return { from, to: ends.filter((end) => end <= most).length }
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
