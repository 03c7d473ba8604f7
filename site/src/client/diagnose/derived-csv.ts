/** The derived numbers of all logs as CSV, a row for each metric. */
import Papa from 'papaparse'

import type { MetricAnalysis } from '../logs/analysis.ts'
import type { LogReport } from './shown-log.ts'

/** The metrics of a report, by what they are. */
const metricRoles = ['validation', 'train', 'validationLoss', 'trainLoss'] as const

const columns: Readonly<Record<string, (analysis: MetricAnalysis) => string | number | null | undefined>> = {
  metric: ({ series }) => series.name,
  better: ({ series }) => series.better,
  values: ({ count }) => count,
  window: ({ window }) => window,
  last: ({ last }) => last?.value,
  lastQuarter: ({ level }) => level,
  standardError: ({ standardError }) => standardError,
  best: ({ best }) => best?.value,
  bestAt: ({ best }) => best?.x,
  flattery: ({ flattery }) => flattery,
  instability: ({ instability }) => instability,
  drift: ({ drift }) => drift,
  drifting: ({ drifting }) => drifting,
  reaches80At: ({ reaches80 }) => reaches80,
  reachesLastQuarterAt: ({ reachesLevel }) => reachesLevel,
  divergedAt: ({ divergedAt }) => divergedAt?.x,
}

/** A cell that a spreadsheet could take for a formula, from the name of a file or column, is marked as text. */
export function derivedCsv(reports: readonly LogReport[]): string {
  const rows = reports.flatMap((report) =>
    metricRoles.flatMap((role) => {
      const analysis = report[role]
      return analysis ? [[report.name, role, ...Object.values(columns).map((of) => of(analysis) ?? '')]] : []
    }),
  )
  return `${Papa.unparse({ fields: ['log', 'role', ...Object.keys(columns)], data: rows }, { escapeFormulae: true })}\r\n`
}
