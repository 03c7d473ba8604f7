import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { shortest } from '#experiment/result/decimal.ts'

/** The definition: the fewest digits that round to the same float32, of a text. */
function byText(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits))
    if (Math.fround(decimal) === value) return decimal
  }
  return Number(value.toPrecision(9))
}

it('is the same by arithmetic as by texts, for values of every usual size', () => {
  const value = fc.float({ min: Math.fround(0.001), max: 100, noNaN: true })
  fc.assert(
    fc.property(value, (float32) => {
      expect(Object.is(shortest(float32), byText(float32))).toBe(true)
    }),
    { numRuns: 20_000 },
  )
})

it('spells fractions as their decimals', () => {
  for (let hits = 1; hits <= 500; hits++)
    expect(shortest(Math.fround(hits / 500))).toBe(Number((hits / 500).toFixed(3)))
})
