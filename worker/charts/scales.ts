/**
 * The scales of curves. What may be compared has the same axis: accuracies from 0.1 to 0.9 wherever every value lies
 * there, which it does in all of the tutorial, and from 0 to 1 elsewhere; losses on a logarithm. A value beyond an axis,
 * as a loss of 0 on a logarithm, lies at its end: no finite value leaves the area.
 */
import { extent } from 'd3-array'
import { scaleLinear, scaleLog } from 'd3-scale'

import type { ExperimentResult } from '#experiment/result.ts'

import type { Box, Scale } from './frame.tsx'
import { linesOf, unitsPerEpoch, type View } from './view.ts'

/** The domain that holds a figure's values, the same for figures that may be compared. */
const usual = { accuracy: [0.1, 0.9], loss: [0.3, 10] } as const
/** From this ratio on, lengths that differ are shown on a logarithm. */
const muchLonger = 8

/** The vertical scale that the curves of all results share, for an area. */
export function valueScale(results: readonly ExperimentResult[], view: View): (box: Box) => Scale {
  const [low = 0, high = 1] = extent(results.flatMap((result) => rangesOf(result, view)))
  const [from, to] = usual[view.metric]
  const fits = low >= from && high <= to
  if (view.metric === 'accuracy')
    return ({ bottom, top }) => scaleLinear(fits ? [from, to] : [0, 1], [bottom, top]).clamp(true)
  const domain = fits ? [from, to] : [Math.min(from, Math.max(low, 1e-9)), Math.max(to, high)]
  return ({ bottom, top }) => scaleLog(domain, [bottom, top]).clamp(true)
}

/** Round values for the ticks of a vertical scale. */
export function valueTicks(scale: Scale, view: View): number[] {
  if (view.metric === 'accuracy') return [0, 0.2, 0.4, 0.6, 0.8, 1].filter((value) => isWithin(scale, value))
  const decades = scale.ticks(5).filter((value) => /^[125]/.test(value.toExponential()))
  return decades.length > 8 ? decades.filter((value) => value.toExponential().startsWith('1')) : decades
}

/** The horizontal scale that all results share, for an area: as far as the longest of them goes. */
export function horizontalScale(results: readonly ExperimentResult[], view: View): (box: Box) => Scale {
  const units = results.map(({ spec }) => unitsPerEpoch(spec, view))
  const lengths = results.map(({ spec }, index) => spec.epochs * units[index]!)
  const [shortest = 1, longest = 1] = extent(lengths)
  if (longest < muchLonger * shortest)
    return ({ left, right }) => scaleLinear([0, Math.max(longest, 2)], [left, right]).clamp(true)
  return ({ left, right }) => scaleLog([Math.min(...units), longest], [left, right]).clamp(true)
}

/** Few round values for the ticks of a horizontal scale. */
export function horizontalTicks(scale: Scale, count: number): number[] {
  if (!isLogarithmic(scale)) return scale.ticks(count)
  const decades = scale.ticks(5).filter((value) => value.toExponential().startsWith('1'))
  return decades.length > count ? decades.filter((_, index) => index % 2 === 0) : decades
}

/** The same positions as a clamped scale's, several times as fast: lines have many values. */
export function quick(scale: Scale): (value: number) => number {
  const [from = 0, to = 1] = scale.domain()
  const measure = isLogarithmic(scale) ? Math.log : (value: number) => value
  const start = scale(from)
  const slope = (scale(to) - start) / (measure(to) - measure(from))
  const origin = start - slope * measure(from)
  const [least, most] = from < to ? [from, to] : [to, from]
  return (value) => origin + slope * measure(Math.min(most, Math.max(least, value)))
}

/** Whether equal steps of a scale are equal ratios. */
export function isLogarithmic(scale: Scale): boolean {
  return 'base' in scale
}

function isWithin(scale: Scale, value: number): boolean {
  const [from = 0, to = 1] = scale.domain()
  return value >= from && value <= to
}

/** The smallest and largest values that a result draws. */
function rangesOf({ runs, curves }: ExperimentResult, view: View): number[] {
  return linesOf(view).flatMap(({ metric }) => {
    const drawn = view.runs === 'all' ? runs : runs.slice(0, 1)
    const columns = drawn.flatMap(({ history }) => (history ? [history[metric]] : []))
    if (view.runs === 'all' && curves) columns.push(curves[metric].p10, curves[metric].p90)
    // It skips what is missing.
    return columns.flatMap((values) => extent(values as number[]) as number[])
  })
}
