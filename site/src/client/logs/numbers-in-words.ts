/** Numbers of logs as sentences show them, of any magnitude. */
import { amount, decimal, digitsOf, missing, tick } from '#charts/text/format.ts'

/** A value of a metric: three decimals if it is near 1, more where it is smaller, otherwise three digits. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing
  if (!Number.isFinite(value)) return 'not finite'
  const size = Math.abs(value)
  if (size === 0 || (size >= 0.1 && size < 10)) return decimal(value)
  if (size >= 0.001 && size < 0.1) return decimal(value, digitsOf.instability)
  if (size >= 0.0001 && size < 0.001) return decimal(value, 5)
  return `${value < 0 ? '−' : ''}${amount(size)}`
}

/** A place on the horizontal axis: `epoch 12`, `step 1200`, `row 3`. */
export function place(xName: string, x: number): string {
  return `${xName} ${tick(Number(x.toPrecision(6)))}`
}
