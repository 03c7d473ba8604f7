/**
 * An accuracy as a library printed it and a person typed it: `0.83`, `83%`, `0,83`, `val_accuracy: 0.8300`.
 */

/** An accuracy, and how exactly it was printed. */
export interface PrintedAccuracy {
  /** From 0 to 1. */
  value: number
  /** The share that its last digit stands for. */
  unit: number
}

/** Digits that one is asked for: with fewer, half of all runs would do. */
const coarsest = 0.1

/** Reads it; a text where it cannot be read, which says what is allowed. */
export function readAccuracy(text: string): PrintedAccuracy | string {
  // A name may stand before it, as the libraries print it.
  const typed = text.trim().replace(/^[a-z_ ]+[:=]?\s*(?=[\d.,])/i, '')
  if (typed === '') return 'Type the accuracy that your run printed, as 0.83 or 83%.'
  const [all, whole = '', fraction = '', percent = ''] = /^(\d*)(?:[.,](\d*))?\s*(%?)$/.exec(typed) ?? []
  if (all === undefined || (whole === '' && fraction === ''))
    return `“${text.trim()}” is not read as an accuracy. Type it as 0.83 or 83%.`
  const number = Number(`${whole || '0'}.${fraction || '0'}`)
  const isPercent = percent !== '' || (number > 1 && number <= 100)
  const scale = isPercent ? 100 : 1
  const printed = { value: number / scale, unit: 10 ** -fraction.length / scale }
  if (printed.value > 1) return `An accuracy is at most 1, or 100%: “${text.trim()}” is more.`
  if (printed.unit > coarsest) return `“${text.trim()}” has too few digits to compare. Type it as 0.83 or 83%.`
  return printed
}
