/**
 * Derives what is known about one run from its columns: final metrics, instability and drift over its last epochs, the
 * epoch at which it reaches 0.8, and its history.
 */
import type { ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'
import { shortest } from './decimal.ts'
import { column, metrics, type Metric, type Numbers } from './numbers.ts'
import type { FinalMetric, History, Run } from './result.ts'
import { riseError, riseOf, successiveDeviation } from './statistics.ts'
import { windowOf } from './window.ts'

/**
 * The number of standard errors beyond which a drift is more than the instability explains. It is three rather than two
 * because accuracies of neighboring epochs are not quite independent.
 */
const errorsOfDrift = 3
/** The accuracy of `epochsTo80` as a fraction of whole numbers, so that the comparison is exact. */
const goal = { hits: 4, of: 5 }

/** The metrics of a run by epoch; null after divergence. */
export function runHistory(spec: ExperimentSpec, numbers: Numbers, run: number): History {
  const values = (metric: Metric) => Array.from(column(numbers, spec, run, metric), shortest)
  return Object.fromEntries(metrics.map((metric) => [metric, values(metric)])) as History
}

/** Everything that is known about a run except its history. */
export function describeRun(spec: ExperimentSpec, numbers: Numbers, run: number): Run {
  const last = (metric: FinalMetric) => shortest(column(numbers, spec, run, metric).at(-1) ?? NaN)
  const hits = testHits(spec, numbers, run)
  const diverged = hits.length < spec.epochs
  const rows = spec.examples - trainRows(spec)
  const reached = hits.findIndex((count) => count * goal.of >= rows * goal.hits)
  return {
    seed: spec.seed + run,
    diverged,
    final: {
      trainLoss: last('trainLoss'),
      trainAccuracy: last('trainAccuracy'),
      testLoss: last('testLoss'),
      testAccuracy: last('testAccuracy'),
    },
    ...windowStatistics(diverged ? [] : hits.slice(spec.epochs - windowOf(spec)), rows),
    epochsTo80: reached < 0 ? null : reached + 1,
  }
}

/**
 * The number of correctly classified test examples after each epoch, up to divergence. Accuracies are exact fractions,
 * so these are whole numbers.
 */
function testHits(spec: ExperimentSpec, numbers: Numbers, run: number): number[] {
  const rows = spec.examples - trainRows(spec)
  const accuracies = Array.from(column(numbers, spec, run, 'testAccuracy'))
  const end = accuracies.findIndex(Number.isNaN)
  return accuracies.slice(0, end < 0 ? undefined : end).map((accuracy) => Math.round(accuracy * rows))
}

/**
 * Instability and drift over the last epochs, from the number of correctly classified test examples after each of them.
 */
function windowStatistics(hits: number[], rows: number): Pick<Run, 'instability' | 'drift' | 'stillLearning'> {
  if (!hits.length) return { instability: null, drift: null, stillLearning: false }
  const deviation = successiveDeviation(hits)
  const rise = riseOf(hits)
  const share = (count: number) => shortest(Math.fround(count / rows))
  return {
    instability: share(deviation),
    drift: share(rise),
    stillLearning: Math.abs(rise) > errorsOfDrift * riseError(hits.length, deviation),
  }
}
