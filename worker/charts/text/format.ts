/**
 * Number formatting for every page and chart: real minus signs, narrow spaces in large numbers, three decimals for
 * accuracies, and powers of ten where there would be too many zeros.
 */
import type { Spread } from '#experiment/result/result.ts'

/** The text in place of a missing number. */
export const missing = '–'

/** The separator of thousands, at which lines do not break. */
const narrowSpace = '\u202f'
/** The magnitude from which digits are grouped. */
const grouped = 10_000
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Formats a whole number: `1000`, `25 000`. */
export function wholeNumber(value: number): string {
  const separator = Math.abs(value) >= grouped ? narrowSpace : ''
  return typographic(String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, separator))
}

/**
 * The number of decimals of a quantity. In the calmest runs few test examples change class within an epoch, so
 * instability has four.
 */
export const digitsOf = { accuracy: 3, instability: 4 } as const

/**
 * Formats an accuracy, a loss or an instability with a number of decimals, or as a power of ten: `0.833`, `4.1×10²⁰`.
 */
export function decimal(value: number | null | undefined, digits: number = digitsOf.accuracy): string {
  if (value === null || value === undefined) return missing
  const text = value.toFixed(digits)
  const size = Math.abs(value)
  return size >= grouped || (size > 0 && Number(text) === 0) ? power(value) : typographic(text)
}

/** Formats a positive amount of any magnitude with three digits: `2.52`, `89.7`, `833`, `4.2×10⁴`. */
export function amount(value: number | null | undefined): string {
  const size = value ?? 0
  return size > 0 && size < 0.01 ? power(size) : decimal(value, size >= 100 ? 0 : size >= 10 ? 1 : 2)
}

/** Formats a share in percent, `72 %`, without rounding to 0 or 100 % what is not. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return missing
  const points = Math.round(100 * share)
  const rounded = share > 0 && points === 0 ? 'less than 1' : share < 1 && points === 100 ? 'more than 99' : `${points}`
  return `${rounded}\u00a0%`
}

/** Formats a mean with its standard deviation, if there is one: `0.833 ± 0.003`. */
export function spread({ mean, sd }: Pick<Spread, 'mean' | 'sd'>, digits: number = digitsOf.accuracy): string {
  return sd === null ? decimal(mean, digits) : `${decimal(mean, digits)}\u00a0±\u00a0${decimal(sd, digits)}`
}

/** An estimate and its interval as texts. */
export interface EstimateTexts {
  value: string
  low: string
  high: string
}

/**
 * Formats an estimate with its interval in no more digits than the interval allows: the last digit has the largest
 * power of ten that half of the interval contains. The interval's ends are rounded away from the value.
 */
export function estimateTexts(value: number, low: number, high: number): EstimateTexts {
  const exponent = Number(((high - low) / 2).toExponential().split('e')[1])
  const unit = Number(`1e${exponent}`)
  const text = (round: (units: number) => number, of: number) =>
    decimal(Number(`${round(Number((of / unit).toPrecision(9)))}e${exponent}`), Math.max(0, -exponent))
  return { value: text(Math.round, value), low: text(Math.floor, low), high: text(Math.ceil, high) }
}

/** Formats a tick label as short as possible. */
export function tick(value: number): string {
  if (value > 0 && value < 0.0001) return power(value)
  return value >= 1000 ? wholeNumber(value) : typographic(String(Number(value.toPrecision(6))))
}

/** Formats a tick label for the small space next to curves: `0.01`, `100`, `10³`, `10²⁰`. */
export function decade(value: number): string {
  return value >= 1000 || value < 0.01 ? power(value) : tick(value)
}

/** Formats with one or two digits and a power of ten. */
function power(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential(1).split('e')
  const raised = Array.from(exponent, (sign) => (sign === '-' ? '⁻' : (superscripts[Number(sign)] ?? '')))
  const factor = digits.replace('.0', '')
  return `${factor === '1' ? '' : `${typographic(factor)}×`}10${exponent.startsWith('+') ? raised.slice(1).join('') : raised.join('')}`
}

function typographic(text: string): string {
  return text.replace('-', '\u2212')
}
