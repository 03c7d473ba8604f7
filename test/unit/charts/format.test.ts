import { describe, expect, it } from 'vitest'

import { amount, estimateTexts, percent, spread } from '#charts/text/format.ts'

describe('an estimate with its interval', () => {
  it.each([
    // Half of the interval holds 1, 0.1, 10, 0.001, 100.
    [110.486, 102.804, 119.165, { value: '110', low: '102', high: '120' }],
    [1.3711, 1.248, 1.499, { value: '1.4', low: '1.2', high: '1.5' }],
    [39.34, 30.52, 50.91, { value: '40', low: '30', high: '60' }],
    [-0.0134, -0.015, -0.0118, { value: '−0.013', low: '−0.015', high: '−0.011' }],
    [1234, 1101, 1399, { value: '1200', low: '1100', high: '1400' }],
  ])('%f, from %f to %f, has no more digits than that allows, and ends rounded outwards', (value, low, high, texts) => {
    expect(estimateTexts(value, low, high)).toEqual(texts)
  })

  it('keeps a bound that needs no rounding', () => {
    expect(estimateTexts(0.3, 0.1, 0.5)).toEqual({ value: '0.3', low: '0.1', high: '0.5' })
    expect(estimateTexts(1, 1, 1)).toEqual({ value: '1', low: '1', high: '1' })
  })
})

it('a spread has as many decimals as asked for', () => {
  expect(spread({ mean: 0.00066, sd: 0.00032 }, 4)).toBe('0.0007\u00a0±\u00a00.0003')
  expect(spread({ mean: 0.8335, sd: null })).toBe('0.834')
})

it.each([
  [2.517946, '2.52'],
  [89.66821, '89.7'],
  [833.49, '833'],
  [9999.7, '10000'],
  [41_683.477, '4.2×10⁴'],
  [0.01, '0.01'],
  [0.0038217949, '3.8×10⁻³'],
  [0, '0.00'],
  [null, '–'],
])('an amount of any size has about three digits: %s', (value, text) => {
  expect(amount(value)).toBe(text)
})

it.each([
  [0, '0\u00a0%'],
  [0.004, 'less than 1\u00a0%'],
  [0.7244, '72\u00a0%'],
  [0.9961, 'more than 99\u00a0%'],
  [1, '100\u00a0%'],
  [null, '–'],
])('a share in percent is never rounded to all or nothing: %s', (share, text) => {
  expect(percent(share)).toBe(text)
})
