/**
 * The numbers of an experiment as CSV (RFC 4180): a header row, then one row per seed and epoch.
 *
 * Every cell but the header's is a plain number or empty, where a run has diverged: nothing that a spreadsheet could take
 * for a formula. Seeds and epochs are whole numbers; metrics are floats, and spelled so, whatever their values are.
 */
import type { ExperimentSpec } from '../spec/spec.ts'
import { floatText, shortest } from './decimal.ts'
import { column, metrics, type Numbers } from './numbers.ts'

/** The names of the columns. */
export const csvColumns = ['seed', 'epoch', ...metrics] as const

const lineEnd = '\r\n'

/**
 * The file in pieces: its header, then every run in the order of their seeds.
 *
 * @param first the piece to begin with: 0 is the header, 1 the first run
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
