/**
 * Formats the difference between two experiments with its 95 % interval: signed, and with no more digits than the
 * interval allows.
 */
import { decimal, estimateTexts } from '#charts/text/format.ts'
import type { ComparedQuantity } from '#experiment/result/result.ts'

/**
 * Formats a difference with half of its interval, `+0.012 ± 0.003`, or alone without an interval. Undefined if no pair
 * of runs has both values.
 *
 * @param digits the number of decimals if there is no interval
 */
export function differenceText({ difference }: ComparedQuantity, digits: number): string | undefined {
  const { value, low, high } = difference
  if (value === null) return undefined
  if (low === null || high === null || low === high) return signed(value, decimal(Math.abs(value), digits))
  return signed(value, plusMinus(value, low, high))
}

/** Formats the size of a difference with half of its 95 % interval, which must not be empty. */
export function plusMinus(value: number, low: number, high: number): string {
  const size = Math.abs(value)
  const half = (high - low) / 2
  const { value: text } = estimateTexts(size, size - half, size + half)
  return `${text}\u00a0±\u00a0${halfText(half, text)}`
}

/** Adds the sign of a value to its formatted size; 0 has none. */
export function signed(value: number, size: string): string {
  if (value === 0) return size
  return `${value > 0 ? '+' : '\u2212'}${size}`
}

/** Formats half of an interval with as many decimals as the value next to it, rounded up. */
function halfText(half: number, beside: string): string {
  const decimals = beside.split('.')[1]?.length ?? 0
  const unit = Number(`1e${-decimals}`)
  return (Math.ceil(Number((half / unit).toPrecision(9))) * unit).toFixed(decimals)
}
