/** Several logs side by side: their validation curves on one axis, and what can and cannot be concluded from one run each. */
import { useMemo } from 'preact/hooks'

import { classOfSide } from '#charts/sides.ts'
import { listInWords } from '#charts/text/format.ts'
import { ScrollBox } from '#playground-view/scroll-box.tsx'

import { compareLogs } from '../logs/comparison.ts'
import { Explored } from '../playground/explored.tsx'
import { logChart } from './log-chart.tsx'
import type { LogDrawing, LogLine } from './log-layout.ts'
import { NumbersOfLogs } from './NumbersOfLogs.tsx'
import { reportOf, type ShownLog } from './shown-log.ts'

export function LogsSideBySide({ logs }: { logs: readonly ShownLog[] }) {
  const compared = logs.flatMap((shown) => {
    const { name, validation } = reportOf(shown)
    return validation ? [{ name, validation, examples: shown.examples }] : []
  })
  const drawing = useMemo((): LogDrawing | undefined => {
    const lines = compared.map(({ name, validation }, index): LogLine => ({
      label: name,
      look: compared.length === 2 ? Object.values(classOfSide)[index]! : `class-${index}`,
      series: validation.series,
      window: validation.window,
    }))
    // The first is in front.
    const [last, ...others] = lines.toReversed()
    return last && { title: `Validation metrics of ${compared.length} logs`, lines: [last, ...others] }
    // A log that changes is another object.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [logs])
  const [first, ...others] = compared
  if (!first || others.length === 0 || !drawing) return null
  const kindOf = ({ validation: { series } }: typeof first) => `${series.better} ${series.isShare} ${series.xName}`
  const isOneKind = compared.every((other) => kindOf(other) === kindOf(first))
  return (
    <section class="log" aria-labelledby="logs-side-by-side">
      <h2 id="logs-side-by-side">Side by side</h2>
      {isOneKind ? (
        <figure>
          <Explored kind={logChart} drawing={drawing} name={drawing.lines.at(-1)!.series.xName}>
            {(reading) => <p class="readout-line">{reading?.brief ?? 'Point at the picture, or move the cursor.'}</p>}
          </Explored>
        </figure>
      ) : (
        <p>
          These logs have no common axes:{' '}
          {listInWords(
            compared.map(({ name, validation: { series } }) => `${name} has ${series.name} by ${series.xName}`),
          )}
          .
        </p>
      )}
      <ul class="conclusions">
        {others.flatMap((other) =>
          compareLogs(first, other).map((sentence) => <li key={`${other.name} ${sentence}`}>{sentence}</li>),
        )}
      </ul>
      <ScrollBox label="Table: numbers of all logs">
        <NumbersOfLogs
          columns={compared.map(({ name, validation }) => ({ name, analysis: validation }))}
          caption="The validation metrics side by side"
        />
      </ScrollBox>
    </section>
  )
}
