/** What is said of one log: its chart, its diagnosis and its numbers. */
import { useMemo } from 'preact/hooks'

import { ScrollBox } from '#playground-view/scroll-box.tsx'

import { checklist } from '../logs/diagnosis.ts'
import { Explored } from '../playground/explored.tsx'
import { ColumnsForm } from './ColumnsForm.tsx'
import { logChart } from './log-chart.tsx'
import type { LogDrawing, LogLine } from './log-layout.ts'
import { NumbersOfLogs } from './NumbersOfLogs.tsx'
import { reportOf, type LogReport, type ShownLog } from './shown-log.ts'

interface LogSectionProps {
  shown: ShownLog
  onChange: (log: ShownLog) => void
  onRemove: () => void
}

/** The drawing of a log's metric and, if its scale is another, of its loss. */
function drawingsOf(report: LogReport): LogDrawing[] {
  const drawing = (train: LogReport['train'], validation: LogReport['validation'], kind: string): LogDrawing[] => {
    const lines = [
      ...(train ? [{ look: 'train', analysis: train, isMarked: false }] : []),
      ...(validation ? [{ look: 'test', analysis: validation, isMarked: true }] : []),
    ].map(({ look, analysis, isMarked }): LogLine => ({
      label: analysis.series.name,
      look,
      series: analysis.series,
      window: analysis.window,
      best: isMarked ? analysis.best : undefined,
    }))
    const [first, ...more] = lines
    if (!first) return []
    const names = lines.map(({ label }) => label).join(' and ')
    return [{ title: `${kind} of ${report.name}: ${names}`, lines: [first, ...more] }]
  }
  return [
    ...drawing(report.train, report.validation, 'Curves'),
    ...drawing(report.trainLoss, report.validationLoss, 'Losses'),
  ]
}

export function LogSection({ shown, onChange, onRemove }: LogSectionProps) {
  const report = reportOf(shown)
  const drawings = useMemo(() => drawingsOf(report), [report])
  const { log } = shown
  const headingId = `log-${shown.id}`
  return (
    <section class="log" aria-labelledby={headingId}>
      <div class="log-head">
        <h2 id={headingId}>{log.name}</h2>
        <p class="log-note">
          {log.format}, {log.positions.at.length} {log.positions.at.length === 1 ? 'row' : 'rows'}
        </p>
        <button type="button" class="quiet" onClick={onRemove} aria-label={`Remove ${log.name}`}>
          Remove
        </button>
      </div>
      <ColumnsForm shown={shown} onChange={onChange} />
      <Diagnosis report={report} />
      {drawings.map((drawing) => (
        <figure key={drawing.title.split(' ')[0]}>
          <Explored kind={logChart} drawing={drawing} name={drawing.lines[0].series.xName}>
            {(reading) => (
              <p class="readout-line">
                {reading?.brief ?? 'Point at the picture, or move the cursor. The ring marks the best value.'}
              </p>
            )}
          </Explored>
        </figure>
      ))}
      {report.validation && (
        <ScrollBox label={`Table: numbers of ${log.name}`}>
          <NumbersOfLogs columns={columnsOf(report)} caption={`What ${log.name} says`} />
        </ScrollBox>
      )}
    </section>
  )
}

function columnsOf(report: LogReport) {
  return [report.validation, report.train, report.validationLoss, report.trainLoss].flatMap((analysis) =>
    analysis ? [{ name: analysis.series.name, analysis }] : [],
  )
}

/** The signs of a log, with their evidence, their likely cause and what to try. */
function Diagnosis({ report: { validation, findings } }: { report: LogReport }) {
  if (!validation) return <p class="log-verdict">Choose a column with the validation metric above: none was found.</p>
  const { count, series, window } = validation
  const short =
    window === 0 && !validation.divergedAt
      ? ` There are ${count} values of ${series.name}; instability and drift are measured from 40 on.`
      : ''
  if (findings.length === 0) return <p class="log-verdict">None of the signs of the checklist is in this log.{short}</p>
  return (
    <>
      <p class="log-verdict">
        {findings.length === 1 ? 'One sign' : `${findings.length} signs`} of the checklist.{short}
      </p>
      <ol class="findings">
        {findings.map(({ name, evidence }) => {
          const { sign, cause, remedy, experiment } = checklist[name]
          return (
            <li key={name}>
              <h3>{sign}</h3>
              <p>{evidence}</p>
              <p>
                <strong>Likely cause.</strong> {cause}
              </p>
              <p>
                <strong>Try.</strong> {remedy} <a href={`/playground?${experiment}`}>An experiment that shows it</a>.
              </p>
            </li>
          )
        })}
      </ol>
    </>
  )
}
