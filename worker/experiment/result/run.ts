/**
 * What one run's columns say: its last metrics, how calm it was and where it went, how soon it was good.
 */
import type { ExperimentSpec } from '../spec/spec.ts'
import { trainRows } from '../spec/training-size.ts'
import { shortest } from './decimal.ts'
import { column, metrics, type Metric, type Numbers } from './numbers.ts'
import type { FinalMetric, History, Run } from './result.ts'
import { riseError, riseOf, successiveDeviation } from './statistics.ts'
import { windowOf } from './window.ts'

/**
 * From how many of its standard errors on a drift is more than the instability explains. Three and not two: from one
 * epoch to the next accuracies are not quite independent.
 */
const errorsOfDrift = 3
/** The accuracy to reach, as a fraction in whole numbers so that the comparison is exact. */
const goal = { hits: 4, of: 5 }

/** The history of a run: per-epoch metrics, null after divergence. */
export function runHistory(spec: ExperimentSpec, numbers: Numbers, run: number): History {
  const values = (metric: Metric) => Array.from(column(numbers, spec, run, metric), shortest)
  return Object.fromEntries(metrics.map((metric) => [metric, values(metric)])) as History
}

/** Everything that is known of a run but its history. */
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
    ...atTheEnd(diverged ? [] : hits.slice(spec.epochs - windowOf(spec)), rows),
    epochsTo80: reached < 0 ? null : reached + 1,
  }
}

/** Test rows predicted right after each epoch, up to divergence: accuracies are exact fractions, these whole numbers. */
function testHits(spec: ExperimentSpec, numbers: Numbers, run: number): number[] {
  const rows = spec.examples - trainRows(spec)
  const accuracies = Array.from(column(numbers, spec, run, 'testAccuracy'))
  const end = accuracies.findIndex(Number.isNaN)
  return accuracies.slice(0, end < 0 ? undefined : end).map((accuracy) => Math.round(accuracy * rows))
}

/** How calm the last epochs were, and where they went: from the test rows predicted right after each of them. */
function atTheEnd(hits: number[], rows: number): Pick<Run, 'instability' | 'drift' | 'stillLearning'> {
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
