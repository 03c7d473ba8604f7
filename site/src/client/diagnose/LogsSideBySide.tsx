/** Several logs side by side: their validation curves on one axis, and what can and cannot be concluded from one run each. */
import { useMemo } from 'preact/hooks'

import { classOfSide } from '#charts/sides.ts'
import { listInWords } from '#charts/text/format.ts'
import { ScrollBox } from '#playground-view/scroll-box.tsx'

import { compareLogs, type NamedAnalysis } from '../logs/comparison.ts'
import { Explored } from '../playground/explored.tsx'
import { logChart } from './log-chart.tsx'
import type { LogDrawing, LogLine } from './log-layout.ts'
import { NumbersOfLogs } from './NumbersOfLogs.tsx'
import { reportOf, type ShownLog } from './shown-log.ts'

/** A log that is compared, with its place among all of them. */
interface ComparedLog extends NamedAnalysis {
  index: number
}

/** Logs whose metrics have the same axes: one is drawn over the other. */
function groupsOf(compared: readonly ComparedLog[]): ComparedLog[][] {
  const groups = new Map<string, ComparedLog[]>()
  for (const one of compared) {
    const { better, isShare, xName } = one.validation.series
    const axes = `${better} ${isShare} ${xName.toLowerCase()}`
    groups.set(axes, [...(groups.get(axes) ?? []), one])
  }
  return [...groups.values()]
}

function drawingOfGroup(logs: readonly ComparedLog[], count: number): LogDrawing {
  const lines = logs.map(({ name, validation, index }): LogLine => ({
    label: name,
    look: count === 2 ? Object.values(classOfSide)[index]! : `class-${index}`,
    series: validation.series,
    window: validation.window,
  }))
  // The first is in front.
  const [last, ...others] = [...lines].reverse()
  return { title: `Validation metrics of ${listInWords(logs.map(({ name }) => name))}`, lines: [last!, ...others] }
}

export function LogsSideBySide({ logs }: { logs: readonly ShownLog[] }) {
  const { compared, drawings, alone } = useMemo(() => {
    const all = logs
      .flatMap((shown) => {
        const { name, validation, divergence } = reportOf(shown)
        return validation
          ? [{ name, validation, divergence, examples: shown.examples, isDiverged: divergence !== undefined }]
          : []
      })
      .map((one, index) => ({ ...one, index }))
    const groups = groupsOf(all)
    return {
      compared: all,
      drawings: groups.filter((group) => group.length > 1).map((group) => drawingOfGroup(group, all.length)),
      alone: groups.flatMap((group) => (group.length > 1 ? [] : group)),
    }
  }, [logs])
  // The others are compared with the first that has an end.
  const first = compared.find(({ isDiverged }) => !isDiverged) ?? compared[0]
  if (!first || compared.length === 1) return null
  const others = compared.filter((other) => other !== first)
  const sentences = new Set(others.flatMap((other) => compareLogs(first, other)))
  return (
    <section class="log" aria-labelledby="logs-side-by-side">
      <h2 id="logs-side-by-side">Side by side</h2>
      {drawings.map((drawing) => (
        <figure key={drawing.title}>
          <Explored kind={logChart} drawing={drawing} name={drawing.lines.at(-1)!.series.xName}>
            {(reading) => <p class="readout-line">{reading?.brief ?? 'Point at the picture, or move the cursor.'}</p>}
          </Explored>
        </figure>
      ))}
      {alone.length > 0 && (
        <p>
          No other log has the axes of{' '}
          {listInWords(alone.map(({ name, validation: { series } }) => `${name} (${series.name} by ${series.xName})`))}.
        </p>
      )}
      <ul class="conclusions">
        {[...sentences].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <ScrollBox label="Table: numbers of all logs">
        <NumbersOfLogs
          columns={compared.map(({ name, validation, divergence }) => ({ name, analysis: validation, divergence }))}
          caption="The validation metrics side by side"
        />
      </ScrollBox>
    </section>
  )
}
