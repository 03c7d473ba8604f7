/**
 * What one run's columns say: its last metrics, how calm it was, how soon it was good.
 */
import { shortest } from './decimal.ts'
import { column, metrics, type Metric, type Numbers } from './numbers.ts'
import type { FinalMetric, History, Run } from './result.ts'
import { trainRows, type ExperimentSpec } from './spec.ts'
import { populationDeviation, trend } from './statistics.ts'

/** Fewer epochs than this say nothing of stability. */
const fewestEpochs = 40
/** The share of the epochs, at the end, over which stability is measured. */
const window = 1 / 4
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
    ...stability(diverged || spec.epochs < fewestEpochs ? [] : hits.slice(-Math.floor(spec.epochs * window)), rows),
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

function stability(hits: number[], rows: number): Pick<Run, 'instability' | 'stillLearning'> {
  if (!hits.length) return { instability: null, stillLearning: false }
  const { rise, spread } = trend(hits)
  return {
    instability: shortest(Math.fround(populationDeviation(hits) / rows)),
    stillLearning: Math.abs(rise) > spread,
  }
}
