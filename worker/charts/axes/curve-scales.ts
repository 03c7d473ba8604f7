/**
 * The axes of curves, and their scales. What may be compared has the same axis: accuracies from 0.1 to 0.9 wherever
 * every value lies there, which it does in all of the tutorial, and from 0 to 1 elsewhere; losses on a logarithm. The
 * last quarter of the epochs has an axis of its own, on which a change of 0.01 is as high in every figure whose values
 * fit. A value beyond an axis, as a loss of 0 on a logarithm, lies at its end: no finite value leaves the area.
 */
import { extent } from 'd3-array'

import type { ExperimentResult } from '#experiment/result/result.ts'

import { columnsOf, firstOfDetail, isDetailed, type CurvePart } from '../marks/curve-parts.ts'
import { decade, tick } from '../text/format.ts'
import { textWidth } from '../text/text-width.ts'
import { completeView, placeOfEpoch, type View } from '../view.ts'
import type { Box } from './frame.tsx'
import { scaleLinear, scaleLog, type Ends as Domain, type Scale } from './scale.ts'

/** The axes of curves. Whoever draws again while a setting moves keeps them, so that they hold still. */
export interface Axes {
  x: Domain
  isLogarithmic: boolean
  /** The vertical axis of whole runs. */
  whole: Domain
  /** The vertical axis of the last quarters. */
  detail: Domain
}

/** The vertical axes that hold the values of the tutorial. */
const usual = {
  accuracy: { whole: [0.1, 0.9], detail: [0.7, 0.86] },
  loss: { whole: [0.3, 10], detail: [0.35, 0.8] },
} as const satisfies Record<View['metric'], Record<CurvePart, Domain>>
/** How much accuracy the axis of a last quarter may span where its values are elsewhere, in hundredths. */
const spans = [16, 20, 25, 32, 40, 50, 64, 80]
/** Losses below this lie at the end of their axis. */
const leastLoss = 1e-9
/** Losses that are written without a power of ten. */
const shortLosses = [0.015, 900] as const
/** The room for the value of a vertical tick. */
const valueRoom = 34
/** From this ratio on, lengths that differ are shown on a logarithm. */
const muchLonger = 8
/** One epoch alone stands within its axis, not at its end. */
const leastLength = 1.5
const mostTicks = 8
/** The least room between two ticks' values, in pixels. */
const tickGap = 20

/** The axes that results share: as long as the longest of them, as high as all of them need. */
export function axesOf(results: readonly ExperimentResult[], view: View): Axes {
  const firsts = results.map(({ spec }) => placeOfEpoch(spec, view, 1))
  const lengths = results.map(({ spec }) => placeOfEpoch(spec, view, spec.epochs))
  const [shortest = 1, longest = 1] = extent(lengths)
  const isLog = longest >= muchLonger * shortest
  return {
    x: isLog ? [Math.min(...firsts), longest] : [0, Math.max(longest, leastLength)],
    isLogarithmic: isLog,
    whole: wholeDomain(rangeOf(results, view, 'whole'), view),
    detail: detailDomain(rangeOf(results.filter(isDetailed), view, 'detail'), view),
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

/** The axis of accuracies at the end of runs, as that of their last quarters. */
export function endDomain(range: Range): Domain {
  return detailDomain(range, completeView())
}

/** Where the values are not those of the tutorial, the axis moves before it grows: changes stay as high. */
function detailDomain(range: Range, { metric }: View): Domain {
  const { detail } = usual[metric]
  if (isWithin(detail, range)) return detail
  const [least, most] = range!
  if (metric === 'loss') return lossDomain(Math.max(leastLoss, least), Math.max(leastLoss, most))
  const middle = 50 * (least + most)
  const fitting = spans
    .map((span): Domain => {
      const from = Math.min(100 - span, Math.max(0, Math.round(middle - span / 2)))
      return [from / 100, (from + span) / 100]
    })
    .find((domain) => isWithin(domain, range))
  return fitting ?? [0, 1]
}

/** A little more than the values have; in whole decades where ticks between them would be long words. */
function lossDomain(least: number, most: number): Domain {
  if (least >= shortLosses[0] && most <= shortLosses[1]) return [0.9 * least, 1.1 * most]
  const low = Math.floor(Math.log10(least))
  return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(most)))]
}

/** The vertical scale of an axis, for an area. */
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
  // Decades, and where there are very many every so-manieth, 1 among them.
  const decades = values.map(Math.log10).filter((value) => Math.abs(value - Math.round(value)) < 1e-9)
  const every = Math.ceil(decades.length / mostTicks)
  return decades.filter((value) => Math.round(value) % every === 0).map((value) => 10 ** Math.round(value))
}

/** A vertical tick as text that fits beside its area. */
export function verticalFormat({ metric }: View): (value: number) => string {
  return metric === 'loss' ? decade : tick
}

/** The horizontal scale of whole runs, for an area. */
export function horizontalScale({ x, isLogarithmic: isLog }: Axes, { left, right }: Box): Scale {
  return (isLog ? scaleLog : scaleLinear)(x, [left, right])
}

/** The horizontal scale of a result's last quarter, for an area. */
export function detailScale({ spec }: ExperimentResult, view: View, { left, right }: Box): Scale {
  const domain = [firstOfDetail(spec) - 1, spec.epochs].map((epoch) => placeOfEpoch(spec, view, epoch))
  return scaleLinear(domain as [number, number], [left, right])
}

/** As many round whole numbers for the ticks of a horizontal scale as have room beside each other. */
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

/** Whether equal steps of a scale are equal ratios. */
export function isLogarithmic(scale: Pick<Scale, 'isLogarithmic'>): boolean {
  return scale.isLogarithmic
}

/** The smallest and largest values that results draw in a part of their runs; undefined where there are none. */
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
