/**
 * What one metric of a log says, by the definitions of the experiments: instability, drift, speed, divergence, and the
 * best epoch with what it flatters.
 */
import { mean, riseError, riseOf, successiveDeviation } from '#experiment/result/statistics.ts'
import { averagedEpochs, windowOf } from '#experiment/result/window.ts'

import type { MetricSeries } from './series.ts'

/** A value of a metric and where it is. */
export interface MetricPoint {
  value: number
  x: number
  /** Its line or entry in the file. */
  position: number
}

/** A metric along one training. Null where it cannot be said: after divergence, or with fewer than 40 values. */
export interface MetricAnalysis {
  series: MetricSeries
  /** The number of values. */
  count: number
  /** The number of values in the last quarter, over which instability and drift are measured; 0 under 40 values. */
  window: number
  first: MetricPoint | undefined
  last: MetricPoint | undefined
  best: MetricPoint | undefined
  /** The mean of the last quarter, of at least one value. */
  level: number | null
  /** How much better the best value is than the mean of the last quarter. */
  flattery: number | null
  /** As of the experiments: {@link successiveDeviation} over the last quarter. */
  instability: number | null
  /** The linear trend over the last quarter. */
  drift: number | null
  /** Whether the drift exceeds what the instability explains, and whether it is for the better. */
  drifting: 'better' | 'worse' | undefined
  /**
   * The correlation of neighboring values over the last quarter, around its trend: near 0 where each value errs on its
   * own, and near −1 where they go up and down in turns.
   */
  neighborCorrelation: number | null
  /** Where a share first reaches 0.80, which is the speed of the experiments. */
  reaches80: number | null
  /** Where the metric first reaches the mean of its last quarter. */
  reachesLevel: number | null
  /** The first of the values that are not finite, if no finite one follows. */
  divergedAt: MetricPoint | undefined
  /** The number of values that are not finite and that finite ones follow. */
  gaps: number
  /** The standard error of a share, from the number of validation examples. */
  standardError: number | null
}

/** The accuracy that the speed of a run is measured by, as in the experiments. */
const speedGoal = 0.8
/** The number of standard errors beyond which a drift is no chance, as in the experiments. */
const errorsOfDrift = 3

/** @param examples the number of validation examples, if it is known */
export function analyze(series: MetricSeries, examples?: number): MetricAnalysis {
  const { x, y, better, isShare } = series
  let end = y.length
  while (end > 0 && !Number.isFinite(y[end - 1])) end--
  const divergedAt = end < y.length ? pointAt(series, end) : undefined
  const sign = better === 'higher' ? 1 : -1
  let [first, last, best, gaps] = [-1, -1, -1, 0]
  for (let index = 0; index < end; index++) {
    if (!Number.isFinite(y[index])) {
      gaps++
      continue
    }
    if (first < 0) first = index
    last = index
    if (best < 0 || sign * y[index]! > sign * y[best]!) best = index
  }
  const values = gaps > 0 ? y.subarray(0, end).filter(Number.isFinite) : y.subarray(0, end)
  const reaches = (goal: number) => {
    for (let index = 0; index < end; index++)
      if (Number.isFinite(y[index]) && sign * y[index]! >= sign * goal) return x[index]!
    return null
  }
  const isWhole = !divergedAt && values.length > 0
  const level = isWhole ? mean(values.subarray(-averagedEpochs({ epochs: values.length }))) : null
  const window = isWhole ? windowOf({ epochs: values.length }) : 0
  const point = (index: number) => (index < 0 ? undefined : pointAt(series, index))
  const isCounted = isShare && level !== null && examples !== undefined && examples > 0
  return {
    series,
    count: y.length,
    window,
    first: point(first),
    last: point(last),
    best: point(best),
    level,
    flattery: level === null ? null : sign * (y[best]! - level),
    ...trendOf(Array.from(values.subarray(values.length - window)), sign),
    reaches80: isShare ? reaches(speedGoal) : null,
    reachesLevel: level === null ? null : reaches(level),
    divergedAt,
    gaps,
    standardError: isCounted ? standardErrorOf(level, examples) : null,
  }
}

function pointAt({ x, y, positions }: MetricSeries, index: number): MetricPoint {
  return { value: y[index]!, x: x[index]!, position: positions.at[index]! }
}

type Trend = Pick<MetricAnalysis, 'instability' | 'drift' | 'drifting' | 'neighborCorrelation'>

const noTrend: Trend = { instability: null, drift: null, drifting: undefined, neighborCorrelation: null }

function trendOf(values: readonly number[], sign: number): Trend {
  if (values.length < 2) return noTrend
  const instability = successiveDeviation(values)
  const drift = riseOf(values)
  if (!Number.isFinite(instability) || !Number.isFinite(drift)) return noTrend
  // A metric that does not move at all has no drift, but rounding gives it one.
  const isDrifting = Math.abs(drift) > errorsOfDrift * riseError(values.length, instability) + 1e-12
  return {
    instability,
    drift,
    drifting: isDrifting ? (sign * drift > 0 ? 'better' : 'worse') : undefined,
    neighborCorrelation: correlationOf(values, drift),
  }
}

/** The standard error of a share p measured on n examples: √(p (1 − p) / n). */
export function standardErrorOf(share: number, examples: number): number {
  return Math.sqrt((share * (1 - share)) / examples)
}

/** The correlation of neighboring values around the line through them; null if they do not move, but for rounding. */
function correlationOf(values: readonly number[], drift: number): number | null {
  const center = mean(values)
  const slope = drift / (values.length - 1)
  const middle = (values.length - 1) / 2
  let [along, square, before] = [0, 0, 0]
  for (let index = 0; index < values.length; index++) {
    const rest = values[index]! - center - slope * (index - middle)
    square += rest * rest
    along += rest * before
    before = rest
  }
  return square > 1e-24 * (1 + center * center) * values.length ? along / square : null
}
