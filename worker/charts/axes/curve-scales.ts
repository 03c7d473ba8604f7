/**
 * The axes and scales of learning curves. Comparable charts share their axes: accuracies from 0.1 to 0.9 if all values
 * lie within, as in the whole tutorial, and otherwise from 0 to 1; losses on a logarithmic axis. The last quarter of
 * the epochs has an axis of its own, on which a change of 0.01 has the same height in every figure whose values fit. A
 * value beyond an axis, such as a loss of 0 on a logarithmic one, is drawn at its end, so no finite value leaves the
 * area.
 */
import { extent } from 'd3-array'

import type { ExperimentResult } from '#experiment/result/result.ts'

import { columnsOf, firstOfDetail, isDetailed, type CurvePart } from '../marks/curve-parts.ts'
import { decade, tick } from '../text/format.ts'
import { textWidth } from '../text/text-width.ts'
import { completeView, positionOfEpoch, type View } from '../view.ts'
import type { Box } from './frame.tsx'
import { scaleLinear, scaleLog, type Ends as Domain, type Scale } from './scale.ts'

/**
 * The axes of curves. When a chart is redrawn while a setting moves, they can be passed again so that they stay still.
 */
export interface Axes {
  x: Domain
  isLogarithmic: boolean
  /** The vertical axis of whole runs. */
  whole: Domain
  /** The vertical axis of the last quarters. */
  detail: Domain
}

/** The default vertical axes, which include the values of the tutorial. */
const usual = {
  accuracy: { whole: [0.1, 0.9], detail: [0.7, 0.86] },
  loss: { whole: [0.3, 10], detail: [0.35, 0.8] },
} as const satisfies Record<View['metric'], Record<CurvePart, Domain>>
/** The possible ranges of the accuracy axis of a last quarter with other values, in hundredths. */
const spans = [16, 20, 25, 32, 40, 50, 64, 80]
/** The least range of one that its own values fill, in hundredths, and the others up to those above. */
const leastSpan = 6
const smallSpans = [leastSpan, 8, 10, 12]
/** Losses below this are drawn at the end of their axis. */
const leastLoss = 1e-9
/** The range of losses that are written without a power of ten. */
const shortLosses = [0.015, 900] as const
/** The space for a label of a vertical tick. */
const valueRoom = 34
/** The ratio of the longest to the shortest run from which the horizontal axis is logarithmic. */
const muchLonger = 8
/** The least length of the axis, so that a single epoch lies within it rather than at its end. */
const leastLength = 1.5
const mostTicks = 8
/** The least gap between two tick labels, in pixels. */
const tickGap = 20

/**
 * The axes that results share: long enough for the longest of them and high enough for all values.
 *
 * @param fit whether the last quarter has the axis of the whole tutorial, or one that its own values fill. The latter is
 *   at least `leastSpan` of accuracy high, so that a calm run still looks calm.
 */
export function axesOf(results: readonly ExperimentResult[], view: View, fit: 'shared' | 'filled' = 'shared'): Axes {
  const firsts = results.map(({ spec }) => positionOfEpoch(spec, view, 1))
  const lengths = results.map(({ spec }) => positionOfEpoch(spec, view, spec.epochs))
  const [shortest = 1, longest = 1] = extent(lengths)
  const isLog = longest >= muchLonger * shortest
  return {
    x: isLog ? [Math.min(...firsts), longest] : [0, Math.max(longest, leastLength)],
    isLogarithmic: isLog,
    whole: wholeDomain(rangeOf(results, view, 'whole'), view),
    detail: detailDomain(rangeOf(results.filter(isDetailed), view, 'detail'), view, fit),
  }
}

type Range = readonly [least: number, most: number] | undefined

function isWithin([from, to]: Domain, range: Range): boolean {
  return range === undefined || (range[0] >= from && range[1] <= to)
}

function wholeDomain(range: Range, { metric }: View): Domain {
  const { whole } = usual[metric]
  if (isWithin(whole, range)) return whole
  if (metric === 'accuracy') return [0, 1]
  const [least, most] = range!
  return [Math.min(whole[0], Math.max(least, leastLoss)), Math.max(whole[1], most)]
}

/** The axis of final accuracies, which is that of a last quarter. */
export function endDomain(range: Range): Domain {
  return detailDomain(range, completeView(), 'shared')
}

/** If values are outside the default range, the axis moves before it grows, so that changes keep their height. */
function detailDomain(range: Range, { metric }: View, fit: 'shared' | 'filled'): Domain {
  const { detail } = usual[metric]
  if (range === undefined || (fit === 'shared' && isWithin(detail, range))) return detail
  const [least, most] = range
  if (metric === 'loss') return lossDomain(Math.max(leastLoss, least), Math.max(leastLoss, most))
  const middle = 50 * (least + most)
  const fitting = (fit === 'shared' ? spans : [...smallSpans, ...spans])
    .map((span): Domain => {
      const from = Math.min(100 - span, Math.max(0, Math.round(middle - span / 2)))
      return [from / 100, (from + span) / 100]
    })
    .find((domain) => isWithin(domain, range))
  return fitting ?? [0, 1]
}

/** A range slightly larger than that of the values, or whole decades if ticks between them would have long labels. */
function lossDomain(least: number, most: number): Domain {
  if (least >= shortLosses[0] && most <= shortLosses[1]) return [0.9 * least, 1.1 * most]
  const low = Math.floor(Math.log10(least))
  return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(most)))]
}

/** The vertical scale of an area. */
export function verticalScale(domain: Domain, { metric }: View, { bottom, top }: Box): Scale {
  return (metric === 'accuracy' ? scaleLinear : scaleLog)(domain, [bottom, top])
}

/** Round values for the ticks of a vertical scale. */
export function verticalTicks(scale: Scale, view: View): number[] {
  if (view.metric === 'accuracy') return scale.ticks(4)
  const values = scale.ticks(5).filter((value) => textWidth(decade(value)) <= valueRoom)
  if (values.length <= mostTicks) return values
  const round = values.filter((value) => /^[125]/.test(value.toExponential()))
  if (round.length <= mostTicks) return round
  // Decades, or every n-th decade including 1 if there are very many.
  const decades = values.map(Math.log10).filter((value) => Math.abs(value - Math.round(value)) < 1e-9)
  const every = Math.ceil(decades.length / mostTicks)
  return decades.filter((value) => Math.round(value) % every === 0).map((value) => 10 ** Math.round(value))
}

/** The formatter of vertical tick labels, which fit beside the area. */
export function verticalFormat({ metric }: View): (value: number) => string {
  return metric === 'loss' ? decade : tick
}

/** The horizontal scale of whole runs in an area. */
export function horizontalScale({ x, isLogarithmic: isLog }: Axes, { left, right }: Box): Scale {
  return (isLog ? scaleLog : scaleLinear)(x, [left, right])
}

/** The horizontal scale of a result's last quarter in an area. */
export function detailScale({ spec }: ExperimentResult, view: View, { left, right }: Box): Scale {
  const domain = [firstOfDetail(spec) - 1, spec.epochs].map((epoch) => positionOfEpoch(spec, view, epoch))
  return scaleLinear(domain as [number, number], [left, right])
}

/** Ticks of a horizontal scale: as many round whole numbers as fit without overlap. */
export function horizontalTicks(scale: Scale, { left, right }: Box): number[] {
  for (let count = mostTicks; count > 1; count--) {
    const values = isLogarithmic(scale) ? decadesOf(scale, count) : scale.ticks(count).filter(Number.isInteger)
    const widest = Math.max(...values.map((value) => textWidth(tick(value))))
    const length = values.length * (widest + tickGap) - tickGap
    if (values.length <= mostTicks && length <= right - left) return values
  }
  return scale.ticks(1).filter(Number.isInteger)
}

function decadesOf(scale: Scale, count: number): number[] {
  const decades = scale.ticks(5).filter((value) => value.toExponential().startsWith('1'))
  const every = Math.ceil(decades.length / count)
  return decades.filter((_, index) => index % every === 0)
}

/** Whether a scale is logarithmic. */
export function isLogarithmic(scale: Pick<Scale, 'isLogarithmic'>): boolean {
  return scale.isLogarithmic
}

/** The smallest and largest values that results draw in a part of their runs; undefined if there are none. */
function rangeOf(results: readonly ExperimentResult[], view: View, part: CurvePart): Range {
  let least = Infinity
  let most = -Infinity
  for (const result of results)
    for (const values of columnsOf(result, view, part))
      for (let index = part === 'whole' ? 0 : firstOfDetail(result.spec) - 1; index < values.length; index++) {
        const value = values[index] ?? null
        if (value === null) continue
        if (value < least) least = value
        if (value > most) most = value
      }
  return least <= most ? [least, most] : undefined
}
