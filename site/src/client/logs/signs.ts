/** What the rules of the checklist look for in the metrics of a log, with the thresholds that several of them share. */
import { amount } from '#charts/text/format.ts'
import { mean } from '#experiment/result/statistics.ts'

import type { MetricAnalysis, MetricPoint } from './analysis.ts'
import { number, place } from './numbers-in-words.ts'

/** What the rules look at. The losses may be the metrics themselves. */
export interface LogEvidence {
  validation: MetricAnalysis
  train?: MetricAnalysis | undefined
  validationLoss?: MetricAnalysis | undefined
  trainLoss?: MetricAnalysis | undefined
}

/**
 * The instability of a share from which a curve is called rough. In the article's experiments, the median over 20 seeds is
 * 0.070, 0.043, 0.020 and 0.012 at batch sizes 1, 2, 4 and 8, and at most 0.011 at all larger ones.
 */
const roughShare = 0.015
/** The same for other metrics, as a part of their level. */
const roughPart = 0.05
/**
 * The correlation of neighboring values below which they go up and down in turns, and the fewest values for that. Of 20
 * independent values one in 230 is below it (of 50, none in 100,000), but of 10 one in 19: simulated.
 */
const zigzagCorrelation = -0.6
const fewestForTurns = 20
/** The growth of a training loss over its least value, and of a validation loss over its first, that no noise explains. */
const blowUp = { best: 3, first: 10 }
/** A jump of the training loss counts as a spike if it exceeds the typical change by this factor, and by its level. */
const spikeFactor = 20
/** The fewest values of which a trend is spoken. */
const fewest = 10

export const allOf = ({ validation, train, validationLoss, trainLoss }: LogEvidence) =>
  [trainLoss, validationLoss, train, validation].filter((one) => one !== undefined)

export const placeOf = ({ series }: MetricAnalysis, { x, position }: MetricPoint) =>
  series.xName === 'row' ? `${series.positions.unit} ${position}` : place(series.xName, x)

/** Whether there are enough values to speak of a trend. */
export const isLong = ({ count }: MetricAnalysis) => count >= fewest

export function isRough({ instability, level, series }: MetricAnalysis): boolean {
  if (instability === null || level === null) return false
  return series.isShare ? instability >= roughShare : instability >= roughPart * Math.abs(level)
}

export function isZigzag({ neighborCorrelation, window }: MetricAnalysis): boolean {
  return neighborCorrelation !== null && window >= fewestForTurns && neighborCorrelation < zigzagCorrelation
}

/** How far a loss has grown in its last quarter over its best or its first value, if that is too far. */
export function blowUpOf(loss: MetricAnalysis | undefined, since: 'best' | 'first'): string | undefined {
  const from = loss?.[since]
  const level = loss?.level
  if (!loss || !from || typeof level !== 'number' || !isLong(loss)) return undefined
  if (!(from.value > 0 && level > blowUp[since] * from.value)) return undefined
  // A loss that was almost zero has nothing to lose: a tenth of where it began is still learned.
  if (level < 0.1 * loss.first!.value) return undefined
  return `${loss.series.name} is ${number(from.value)} at ${placeOf(loss, from)}, and ${number(level)} in the last quarter, ${amount(level / from.value)} times as much.`
}

/** The value at or before a place; undefined if the metric begins after it. */
export function valueBefore({ series }: MetricAnalysis, x: number): number | undefined {
  let found: number | undefined
  for (let index = 0; index < series.x.length && series.x[index]! <= x; index++)
    if (Number.isFinite(series.y[index])) found = series.y[index]
  return found
}

/** The largest upward jump of a metric, if it is a spike: far above the typical change, and back after it. */
export function spikeOf(one: MetricAnalysis): { from: number; point: MetricPoint; times: number } | undefined {
  const { x, y, positions } = one.series
  if (one.window === 0) return undefined
  // The first tenth of a training is steep.
  const start = Math.ceil(y.length / 10)
  const changes = new Float64Array(Math.max(0, y.length - start - 1))
  let peak = 0
  for (let index = start + 1; index < y.length; index++) {
    const change = y[index]! - y[index - 1]!
    if (!Number.isFinite(change)) return undefined
    changes[index - start - 1] = Math.abs(change)
    if (peak === 0 || change > y[peak]! - y[peak - 1]!) peak = index
  }
  const typical = changes.sort()[Math.floor(changes.length / 2)] ?? 0
  const from = y[peak - 1] ?? 0
  const rise = (y[peak] ?? 0) - from
  const after = y.slice(peak + 1, peak + 6)
  const isBack = after.length === 5 && mean(after) < from + rise / 2
  if (!(typical > 0 && rise > spikeFactor * typical && rise > Math.abs(from) && isBack)) return undefined
  return { from, point: { value: y[peak]!, x: x[peak]!, position: positions.at[peak]! }, times: rise / typical }
}
