/** The color scale of a map: maps values to color steps. */
import { extent } from 'd3-array'

import { quantile } from '#experiment/result/statistics.ts'

import type { Quantity, Spelling } from './map-texts.ts'

/** The last step of the color scale. */
export const lastStep = 8
/** The ratio of largest to smallest value from which colors follow the logarithm. */
const farApart = 8
/**
 * The color of each step: the opacity of the hue on the paper, and that of the ink on both. Lightness decreases from
 * step to step (in dark mode it increases). The middle is left out, where neither ink nor paper would be legible as a
 * text color.
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
/** The last step whose text is drawn in the ink color; later ones use the paper color. */
export const lastInkStep = 4

/** A color scale, its ends, and whether there are values beyond them. */
interface ColorScale {
  isLogarithmic: boolean
  stepOf: (value: number) => number
  ends: readonly [number, number]
  isBeyond: readonly [boolean, boolean]
}

/**
 * Creates a color scale with equal steps from the lowest to the highest value, or with equal ratios. Outliers get the
 * color of the nearest end, so that one failed experiment does not leave a single color for all others. They are
 * determined by Tukey's fences: further than 1.5 times the interquartile range from the middle half.
 */
export function stepsOf(values: readonly number[], { mayBeLogarithmic }: Quantity): ColorScale {
  const [least = 0, most = 1] = extent(values)
  const isLogarithmic = mayBeLogarithmic && least > 0 && most / least >= farApart
  const measure = (value: number) => (isLogarithmic ? Math.log(value) : value)
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [quantile(sorted.map(measure), 0.25), quantile(sorted.map(measure), 0.75)]
  const fence = 1.5 * (high - low)
  const isWithin = (value: number) => !(measure(value) < low - fence) && !(measure(value) > high + fence)
  // The ends are the values nearest to the fences.
  const within = sorted.filter(isWithin)
  const [from = least, to = most] = fence > 0 ? [within[0], within.at(-1)] : []
  const length = measure(to) - measure(from)
  const stepOf = (value: number) => {
    if (!(length > 0)) return Math.floor(lastStep / 2)
    const share = (measure(value) - measure(from)) / length
    return Math.max(0, Math.min(lastStep, Math.floor(share * (lastStep + 1))))
  }
  return { isLogarithmic, stepOf, ends: [from, to], isBeyond: [least < from, most > to] }
}

/** The labels of the color scale's ends. */
export function endsOf({ ends: [from, to], isBeyond }: ColorScale, { text }: Spelling): [string, string] {
  return [(isBeyond[0] ? '\u2264 ' : '') + text(from), (isBeyond[1] ? '\u2265 ' : '') + text(to)]
}
