/**
 * An experiment's numbers as CSV (RFC 4180): a header row, then one row per seed and epoch.
 *
 * Every cell below the header is a plain number, or empty after a run has diverged, so no spreadsheet can take one for
 * a formula. Seeds and epochs are written as whole numbers and metrics always as floats, whatever their values are.
 */
import type { ExperimentSpec } from '../spec/spec.ts'
import { floatText, shortest } from './decimal.ts'
import { column, metrics, type Numbers } from './numbers.ts'

/** The names of the columns. */
export const csvColumns = ['seed', 'epoch', ...metrics] as const

const lineEnd = '\r\n'

/**
 * Generates the file in pieces: the header, then one piece per run in the order of the seeds.
 *
 * @param first the piece to start with: 0 is the header, 1 the first run
 */
export function* csvOf(spec: ExperimentSpec, numbers: Numbers, first = 0): Generator<string> {
  if (first === 0) yield csvColumns.join(',') + lineEnd
  for (let run = Math.max(0, first - 1); run < spec.seeds; run++) {
    const columns = metrics.map((metric) => column(numbers, spec, run, metric))
    let lines = ''
    for (let epoch = 0; epoch < spec.epochs; epoch++) {
      const cells = columns.map((values) => floatText(shortest(values[epoch] ?? NaN)))
      lines += [spec.seed + run, epoch + 1, ...cells].join(',') + lineEnd
    }
    yield lines
  }
}
