/**
 * Linear and logarithmic scales from values to positions, with ticks. A value beyond the domain is clamped to its end.
 *
 * (d3-scale would include colors, dates and their interpolation, which is as much code in the browser as all charts
 * together.)
 */
import { nice, ticks } from 'd3-array'

/** Both ends of a domain or of a range. */
export type Ends = readonly [from: number, to: number]

/** A continuous scale, with ticks. */
export interface Scale {
  (value: number): number
  invert: (position: number) => number
  /** Approximately `count` round values within the domain. */
  ticks: (count?: number) => number[]
  domain: () => Ends
  /** Whether equal steps are equal ratios. */
  isLogarithmic: boolean
}

/** Creates a scale with a given measure. */
function scale(domain: Ends, [start, end]: Ends, kind: Measure): Scale {
  const [from, to] = domain
  const { measure, measured } = kind
  const slope = (end - start) / (measure(to) - measure(from))
  const origin = start - slope * measure(from)
  const [least, most] = from < to ? [from, to] : [to, from]
  const clamped = (value: number) => Math.min(most, Math.max(least, value))
  return Object.assign((value: number) => origin + slope * measure(clamped(value)), {
    invert: (position: number) => clamped(measured((position - origin) / slope)),
    ticks: (count = 10) => kind.ticks(least, most, count),
    domain: () => domain,
    isLogarithmic: kind !== linear,
  })
}

interface Measure {
  measure: (value: number) => number
  measured: (length: number) => number
  ticks: (least: number, most: number, count: number) => number[]
}

const identity = (value: number) => value
const linear: Measure = { measure: identity, measured: identity, ticks }
const logarithm: Measure = { measure: Math.log, measured: Math.exp, ticks: ticksOfLogarithm }

/** A linear scale. */
export function scaleLinear(domain: Ends, range: Ends): Scale {
  return scale(domain, range, linear)
}

/** A logarithmic scale, for positive values. */
export function scaleLog(domain: Ends, range: Ends): Scale {
  return scale(domain, range, logarithm)
}

/** Extends a domain to round ends. */
export function niceLinear([from, to]: Ends, count: number): Ends {
  return nice(from, to, count)
}

/** Extends a domain to powers of ten. */
export function niceLog([from, to]: Ends): Ends {
  return [10 ** Math.floor(Math.log10(from)), 10 ** Math.ceil(Math.log10(to))]
}

/**
 * The ticks of a logarithmic scale: powers of ten and their multiples for few decades, every n-th power for many, and
 * even steps within one decade.
 */
function ticksOfLogarithm(least: number, most: number, count: number): number[] {
  const [low, high] = [Math.log10(least), Math.log10(most)]
  if (high - low >= count) return ticks(low, high, count).map((exponent) => 10 ** exponent)
  const values: number[] = []
  for (let exponent = Math.floor(low); exponent <= Math.ceil(high); exponent++)
    for (let digit = 1; digit < 10; digit++) {
      // Dividing gives the number nearest to a decimal fraction, such as 0.1.
      const value = exponent < 0 ? digit / 10 ** -exponent : digit * 10 ** exponent
      if (value >= least && value <= most) values.push(value)
    }
  return 2 * values.length < count ? ticks(least, most, count) : values
}
