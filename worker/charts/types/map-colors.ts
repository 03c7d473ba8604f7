/**
 * The colors of a map: values as steps of color.
 */
import { extent } from 'd3-array'

import { quantile } from '#experiment/result/statistics.ts'

import type { Quantity, Spelling } from './map-texts.ts'

/** The last of the steps of the color scale. */
export const lastStep = 8
/** From this ratio on, values are colored by their logarithm. */
const farApart = 8
/**
 * The color of each step: how much of a hue covers the paper, and how much ink covers both. Their lightness falls, in the
 * dark rises, from step to step. In the middle, where neither ink nor paper could be read on them, they leave a gap.
 */
export const steps: readonly (readonly [hue: number, ink: number])[] = [
  [0.12, 0],
  [0.24, 0],
  [0.36, 0],
  [0.48, 0],
  [0.6, 0],
  [0.76, 0.1],
  [0.88, 0.18],
  [1, 0.3],
  [1, 0.52],
]
/** Up to this step texts are in ink, further on in the color of the paper. */
export const lastOfInk = 4

/** A color scale: its ends, and whether values lie beyond them. */
interface ColorScale {
  isLogarithmic: boolean
  stepOf: (value: number) => number
  ends: readonly [number, number]
  isBeyond: readonly [boolean, boolean]
}

/**
 * Values as steps of color, evenly from the lowest to the highest, or from ratio to ratio. Values that are far from the
 * others have the color of the end (Tukey's fences: further than 1.5 times the range of the middle half from it), so that
 * one which failed does not leave one color to all others.
 */
export function stepsOf(values: readonly number[], { mayBeLogarithmic }: Quantity): ColorScale {
  const [least = 0, most = 1] = extent(values)
  const isLogarithmic = mayBeLogarithmic && least > 0 && most / least >= farApart
  const measure = (value: number) => (isLogarithmic ? Math.log(value) : value)
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [quantile(sorted.map(measure), 0.25), quantile(sorted.map(measure), 0.75)]
  const reach = 1.5 * (high - low)
  const isWithin = (value: number) => !(measure(value) < low - reach) && !(measure(value) > high + reach)
  // The ends are values: those nearest to the fences.
  const within = sorted.filter(isWithin)
  const [from = least, to = most] = reach > 0 ? [within[0], within.at(-1)] : []
  const length = measure(to) - measure(from)
  const stepOf = (value: number) => {
    if (!(length > 0)) return Math.floor(lastStep / 2)
    const share = (measure(value) - measure(from)) / length
    return Math.max(0, Math.min(lastStep, Math.floor(share * (lastStep + 1))))
  }
  return { isLogarithmic, stepOf, ends: [from, to], isBeyond: [least < from, most > to] }
}

/** The ends of the color scale in words. */
export function endsOf({ ends: [from, to], isBeyond }: ColorScale, { text }: Spelling): [string, string] {
  return [(isBeyond[0] ? '\u2264 ' : '') + text(from), (isBeyond[1] ? '\u2265 ' : '') + text(to)]
}
