/** Scales beside those of d3-scale, which they stand in for. */
import { expect, it } from 'vitest'

import { niceLinear, niceLog, scaleLinear, scaleLog } from '#charts/axes/scale.ts'

it('puts values where they belong, and back', () => {
  const x = scaleLinear([0, 200], [40, 340])
  expect([0, 100, 200].map(x)).toEqual([40, 190, 340])
  expect(x.invert(190)).toBeCloseTo(100)
  const y = scaleLog([0.01, 100], [300, 0])
  expect([0.01, 1, 100].map(y).map(Math.round)).toEqual([300, 150, 0])
  expect(y.invert(150)).toBeCloseTo(1)
})

it('keeps what lies beyond its domain at its end, both ways', () => {
  const y = scaleLog([0.1, 10], [100, 0])
  expect([0, 1e-300, 1e300, Infinity].map(y).map(Math.round)).toEqual([100, 100, 0, 0])
  expect([y.invert(-500), y.invert(500)].map((value) => Math.round(100 * value) / 100)).toEqual([10, 0.1])
})

it('has round ticks within its domain: even ones, multiples of powers of ten, or powers alone', () => {
  expect(scaleLinear([0.1, 0.9], [0, 1]).ticks(4)).toEqual([0.2, 0.4, 0.6, 0.8])
  expect(scaleLog([0.3, 10], [0, 1]).ticks(5)).toEqual([
    0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ])
  expect(scaleLog([1e-9, 1e21], [0, 1]).ticks(5)).toEqual([1e-5, 1, 1e5, 1e10, 1e15, 1e20])
  expect(scaleLog([0.4, 0.6], [0, 1]).ticks(10)).toEqual([
    0.4, 0.42, 0.44, 0.46, 0.48, 0.5, 0.52, 0.54, 0.56, 0.58, 0.6,
  ])
})

it('extends a domain to round ends', () => {
  expect(niceLinear([0, 0.0173], 4)).toEqual([0, 0.02])
  expect(niceLog([0.0023, 0.07])).toEqual([0.001, 0.1])
})
