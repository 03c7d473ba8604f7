/**
 * The lines of one result in its panel. One run is a thin line; many are faint lines under their mean and the band of
 * the middle 80 %; in small panels under the first of them. Noise is never smoothed away: it is the subject. A run that diverged ends in a red cross.
 */
import type { ExperimentResult } from '#experiment/result.ts'

import { CompactPath, type Column } from './compact-path.ts'
import { round } from './frame.tsx'
import type { Panel } from './panels.ts'
import { quick } from './scales.ts'
import { linesOf, unitsPerEpoch, type View } from './view.ts'

/** Whether a view shows a result's spread over its runs, and not one run alone. */
function showsSpread({ curves }: ExperimentResult, view: View): boolean {
  return view.runs === 'all' && curves !== undefined
}

/** The heavy line of a metric, by epoch: the mean over the runs, or the first run. */
export function mainLine(
  { result, isSmall }: Panel,
  view: View,
  metric: ReturnType<typeof linesOf>[0]['metric'],
): Column {
  const first = result.runs[0]?.history?.[metric]
  if (showsSpread(result, view) && !(isSmall && first)) return result.curves![metric].mean
  return first ?? []
}

interface CurvesProps {
  panel: Panel
  view: View
}

/** Draws the lines of a panel's result. */
export function Curves({ panel, view }: CurvesProps) {
  const { result, x, y, isSmall } = panel
  const unit = unitsPerEpoch(result.spec, view)
  const across = Array.from({ length: result.spec.epochs }, (_, index) => x((index + 1) * unit))
  const up = quick(y)
  return (
    <g>
      {linesOf(view).map(({ name, metric }) => {
        const { curves } = result
        const spread = showsSpread(result, view) && curves ? curves[metric] : undefined
        // The single runs of the test metric alone: both would cover each other. In a small panel one stands for all.
        const runs =
          spread && name === 'test' && !isSmall
            ? result.runs.flatMap(({ history }) => (history?.[metric] ? [history[metric]] : []))
            : []
        const seeds = new CompactPath().lines(runs, across, up).toString()
        // In a small panel the test metric alone has its band.
        const band =
          spread && !(isSmall && name === 'train')
            ? new CompactPath().area(spread.p10, spread.p90, across, up).toString()
            : ''
        const main = new CompactPath().lines([mainLine(panel, view, metric)], across, up).toString()
        return (
          <g key={name}>
            {seeds && <path class={`line seeds ${name}`} d={seeds} />}
            {band && <path class={`band ${name}`} d={band} />}
            {main && <path class={`line ${name}`} d={main} />}
          </g>
        )
      })}
      <Divergence panel={panel} view={view} />
    </g>
  )
}

/** Where the runs that are drawn diverged, and how many. */
function Divergence({ panel: { result, box, x, y }, view }: { panel: Panel; view: View }) {
  const isSpread = showsSpread(result, view)
  const runs = isSpread ? result.runs : result.runs.slice(0, 1)
  const diverged = runs.filter((run) => run.diverged)
  if (diverged.length === 0) return null
  const metric = linesOf(view)[1]!.metric
  const crosses = diverged.flatMap(({ seed, history }) => {
    const last = (history?.[metric].indexOf(null) ?? 0) - 1
    return last >= 0
      ? [
          {
            seed,
            x: round(x((last + 1) * unitsPerEpoch(result.spec, view))),
            y: round(y(history?.[metric][last] ?? 0)),
          },
        ]
      : []
  })
  const words = isSpread ? `${diverged.length} of ${runs.length} diverged` : 'diverged'
  return (
    <g>
      {crosses.map((at) => (
        <path key={at.seed} class="line cross diverged" d={`M${at.x - 4} ${at.y - 4}l8 8m-8 0l8-8`} />
      ))}
      <text class="diverged halo" x={round((box.left + box.right) / 2)} y={box.top + 16} text-anchor="middle">
        {words}
      </text>
    </g>
  )
}
