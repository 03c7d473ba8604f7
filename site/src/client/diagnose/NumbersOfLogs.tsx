/** A table of what is measured of metrics, one column for each. */
import { decimal, missing } from '#charts/text/format.ts'

import type { MetricAnalysis } from '../logs/analysis.ts'
import { number, place } from '../logs/numbers-in-words.ts'

interface NumbersColumn {
  name: string
  analysis: MetricAnalysis
  /** The metric of the same log that diverged, if it is another. */
  divergence?: MetricAnalysis | undefined
}

const at = ({ series }: MetricAnalysis, x: number | null | undefined) =>
  x === null || x === undefined ? missing : place(series.xName, x)

/** The rows: a quantity, and how it is written. */
const quantities: readonly { title: string; of: (analysis: MetricAnalysis) => string }[] = [
  { title: 'mean of the last quarter', of: ({ level }) => number(level) },
  { title: 'its standard error', of: ({ standardError }) => number(standardError) },
  { title: 'last value', of: ({ last }) => number(last?.value) },
  { title: 'best value', of: ({ best }) => number(best?.value) },
  { title: 'best at', of: (analysis) => at(analysis, analysis.best?.x) },
  { title: 'flatters by', of: ({ flattery }) => number(flattery) },
  { title: 'instability', of: ({ instability }) => number(instability) },
  { title: 'drift', of: ({ drift }) => number(drift) },
  {
    title: 'still drifting',
    of: ({ drift, drifting }) => (drift === null ? missing : drifting ? `yes, ${drifting}` : 'no'),
  },
  { title: 'first reaches 0.80', of: (analysis) => at(analysis, analysis.reaches80) },
  { title: 'first reaches that mean', of: (analysis) => at(analysis, analysis.reachesLevel) },
]

interface NumbersOfLogsProps {
  columns: readonly NumbersColumn[]
  caption: string
}

export function NumbersOfLogs({ columns, caption }: NumbersOfLogsProps) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">quantity</th>
          {columns.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {quantities.map(({ title, of }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {columns.map(({ name, analysis }) => (
              <td key={name}>{of(analysis)}</td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">diverged</th>
          {columns.map(({ name, analysis, divergence = analysis }) => (
            <td key={name}>{divergence.divergedAt ? at(divergence, divergence.divergedAt.x) : 'no'}</td>
          ))}
        </tr>
        {columns.some(({ analysis }) => analysis.instability !== null) && (
          <tr>
            <th scope="row">values in the last quarter</th>
            {columns.map(({ name, analysis }) => (
              <td key={name}>{decimal(analysis.window, 0)}</td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  )
}
