/** The cells of the pages' tables as a spreadsheet gets them. */
import { describe, expect, it } from 'vitest'

import { amount, decimal, missing, percent, spread, wholeNumber } from '#charts/text/format.ts'

import { plainNumbers } from '../../../../../site/src/client/page/plain-numbers.ts'

describe('a cell that is copied', () => {
  it.each([0, 1, 25_000, 12_345_678, -25_000])('has the whole number %d as it is', (value) => {
    expect(plainNumbers(wholeNumber(value))).toBe(String(value))
  })

  it.each([0.833, -0.021, 123.456, 4.1e20, -4.1e20, 1e-7, 1e5, 2.5e-12])('has %d as a number', (value) => {
    const read = Number(plainNumbers(decimal(value)))
    expect(Math.abs(read - value)).toBeLessThanOrEqual(0.06 * Math.abs(value))
    expect(read).not.toBe(0)
  })

  it.each([89.7, 0.002, 833, 4.2e4])('has the amount %d as a number', (value) => {
    expect(Number(plainNumbers(amount(value)))).toBe(value)
  })

  it('has percent that spreadsheets read, and nothing where there is no number', () => {
    expect(plainNumbers(percent(0.72))).toBe('72%')
    expect(plainNumbers(missing)).toBe('')
  })

  it('has a mean with its deviation as one text, and words as they are', () => {
    expect(plainNumbers(spread({ mean: -0.833, sd: 0.004 }))).toBe('-0.833 ± 0.004')
    expect(plainNumbers('epochs 10–20, not reached')).toBe('epochs 10–20, not reached')
  })
})
