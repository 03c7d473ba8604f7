/** Statistics over the runs of an experiment, after the last epoch and by epoch. */
import type { ExperimentSpec } from '../spec/spec.ts'
import { shortest } from './decimal.ts'
import { column, type Metric, type Numbers } from './numbers.ts'
import type { Curve, FinalMetric, Run, Spread, Summary } from './result.ts'
import { mean as meanOf, quantile, sampleDeviation } from './statistics.ts'

/** The number of epochs per piece: about 1 ms with the most runs. */
const epochsOfPiece = 50

/** Summarizes runs. Diverged runs are counted and excluded from means. */
export function summarize(runs: readonly Run[]): Summary {
  const final = (metric: FinalMetric) => spreadOf(runs.map((run) => run.final[metric]))
  const epochs = runs.map(({ epochsTo80 }) => epochsTo80 ?? Infinity)
  const instabilities = runs.map(({ instability }) => instability)
  return {
    runs: runs.length,
    diverged: runs.filter(({ diverged }) => diverged).length,
    stillLearning: runs.filter(({ stillLearning }) => stillLearning).length,
    final: {
      trainLoss: final('trainLoss'),
      trainAccuracy: final('trainAccuracy'),
      testLoss: final('testLoss'),
      testAccuracy: final('testAccuracy'),
    },
    instability: { ...spreadOf(instabilities), quartiles: quartilesOf(present(instabilities)) },
    drift: spreadOf(runs.map(({ drift }) => drift)),
    epochsTo80: {
      reached: epochs.filter(Number.isFinite).length,
      quartiles: quartilesOf(epochs),
    },
  }
}

/**
 * Statistics of one metric over the runs of an experiment, by epoch.
 *
 * @yields the number of values processed since the last yield
 */
export function* curveOverRuns(spec: ExperimentSpec, numbers: Numbers, metric: Metric): Generator<number, Curve, void> {
  const columns = Array.from({ length: spec.seeds }, (_, run) => column(numbers, spec, run, metric))
  const curve: Curve = { mean: [], p10: [], p50: [], p90: [], runs: [] }
  // One buffer for all epochs, sorted as numbers: most of the time of deriving a result is spent here.
  const buffer = new Float32Array(spec.seeds)
  for (let epoch = 0; epoch < spec.epochs; epoch++) {
    let count = 0
    for (const run of columns) if (Number.isFinite(run[epoch])) buffer[count++] = run[epoch]!
    const values = buffer.subarray(0, count)
    const spread = statistics(values)
    curve.mean.push(spread.mean)
    curve.p10.push(spread.p10)
    curve.p50.push(spread.p50)
    curve.p90.push(spread.p90)
    curve.runs.push(count)
    if (epoch % epochsOfPiece === epochsOfPiece - 1) yield epochsOfPiece * spec.seeds
  }
  return curve
}

function spreadOf(values: readonly (number | null)[]): Spread {
  const given = present(values)
  const { mean, ...percentiles } = statistics(Float64Array.from(given))
  return { mean, sd: toFloat32(sampleDeviation(given)), ...percentiles }
}

const present = (values: readonly (number | null)[]) => values.filter((value) => value !== null)

function quartilesOf(values: readonly number[]): Summary['epochsTo80']['quartiles'] {
  const sorted = [...values].sort((a, b) => a - b)
  return [toFloat32(quantile(sorted, 0.25)), toFloat32(quantile(sorted, 0.5)), toFloat32(quantile(sorted, 0.75))]
}

/** Statistics of values. Sorts them in place. */
function statistics(values: Float32Array | Float64Array): Omit<Spread, 'sd'> {
  const mean = toFloat32(meanOf(values))
  const sorted = values.sort()
  return {
    mean,
    p10: toFloat32(quantile(sorted, 0.1)),
    p50: toFloat32(quantile(sorted, 0.5)),
    p90: toFloat32(quantile(sorted, 0.9)),
  }
}

/** Rounds to the digits of float32, the precision of the values. */
function toFloat32(value: number): number | null {
  return shortest(Math.fround(value))
}
