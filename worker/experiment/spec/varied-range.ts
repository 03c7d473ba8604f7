/**
 * A range of values that a reader chooses for a setting of a map: from one number to another, in so many steps of equal
 * difference (linear) or equal ratio (log). Only additions, multiplications and divisions compute them, so that a link
 * gives the same values in every browser.
 */
import { controlOf } from './controls.ts'
import type { SpecField } from './spec.ts'

/** How the values are spaced. */
export const rangeScales = ['log', 'linear'] as const

export interface VariedRange {
  from: number
  to: number
  /** How many values, with both ends. */
  count: number
  scale: (typeof rangeScales)[number]
}

/** The ranges of a map by the field that varies; fields without one have the usual values. */
export type VariedRanges = Readonly<Partial<Record<SpecField, VariedRange>>>

/** The values of a range, ascending; whole numbers for a field of whole numbers, each once. */
export function rangeValues(field: SpecField, { from, to, count, scale }: VariedRange): number[] {
  const areWhole = controlOf(field).allowed.kind !== 'real'
  const ratio = scale === 'log' ? root(to / from, count - 1) : 1
  const difference = (to - from) / (count - 1)
  let value = from
  const inner = Array.from({ length: count - 2 }, () => {
    value = scale === 'log' ? value * ratio : value + difference
    return areWhole ? Math.round(value) : Number(value.toPrecision(3))
  })
  return [...new Set([from, ...inner, to])]
}

/** The limits of a range: those of the field, and a map's number of values. */
export function rangeLimits(field: SpecField): { least: number; most: number; isWhole: boolean } {
  const { allowed } = controlOf(field)
  if (allowed.kind === 'wholeOr') return { least: allowed.min, most: Infinity, isWhole: true }
  if (allowed.kind === 'whole' || allowed.kind === 'real')
    return { least: allowed.min, most: allowed.max, isWhole: allowed.kind === 'whole' }
  throw new RangeError(`${field} has no numbers to vary`)
}

/** The root of a number of at least 1, by Newton's method from above. */
function root(of: number, degree: number): number {
  let guess = of
  for (;;) {
    let power = 1
    for (let factor = 1; factor < degree; factor++) power *= guess
    const next = ((degree - 1) * guess + of / power) / degree
    if (!(next < guess)) return guess
    guess = next
  }
}
