import { describe, expect, it } from 'vitest'

import { logarithm } from '#datasets/logarithm.ts'
import { RandomState } from '#datasets/numpy-random.ts'
import { cosineOfTurn, sine } from '#datasets/sine.ts'

import goldens from '../../golden/numpy-random.json'

describe.each(Object.entries(goldens))('numpy’s generator with seed %s', (seed, golden) => {
  const fresh = () => new RandomState(Number(seed))
  const times = (count: number, draw: () => number) => Array.from({ length: count }, draw)

  it('draws the same bits, across a twist of the state', () => {
    const random = fresh()
    const bits = times(626, () => random.uint32())
    expect(bits.slice(0, 8)).toEqual(golden.uint32_first8)
    expect(bits.slice(623, 626)).toEqual(golden.uint32_at_623_624_625)
  })

  it('draws the same numbers of every kind, to the last bit', () => {
    const [uniform, scaled, normal] = [fresh(), fresh(), fresh()]
    expect(times(8, () => uniform.random())).toEqual(golden.random_sample_first8)
    expect(times(8, () => scaled.uniform(-10, 10))).toEqual(golden.uniform_m10_10_first8)
    expect(times(8, () => normal.normal(0, 1))).toEqual(golden.normal_first8)
  })

  it('shuffles the same way', () => {
    const items = Uint32Array.from({ length: 20 }, (_, index) => index)
    fresh().shuffle(items)
    expect([...items]).toEqual(golden.shuffle_arange20)
  })

  it('keeps the second normal of a pair across draws of other kinds', () => {
    const random = fresh()
    const drawn = [random.normal(0, 1), random.random(), random.normal(0, 1), random.normal(0, 1)]
    expect(drawn).toEqual(golden.interleave_normal_uniform_normal_normal)
  })
})

describe('the logarithm', () => {
  it('is correctly rounded where the host’s may not be', () => {
    // Computed with 60 digits and rounded once; on the left where V8's Math.log is off by one unit in the last place.
    expect(logarithm(0.3)).toBe(-1.2039728043259361)
    expect(logarithm(2)).toBe(Math.LN2)
    expect(logarithm(1)).toBe(0)
    expect(logarithm(0.9999999999999999)).toBe(-1.1102230246251565e-16)
    expect(logarithm(1e-300)).toBe(-690.7755278982137)
  })

  it('is within one unit in the last place of the host’s', () => {
    for (let x = 1e-6; x < 1; x += 1.237e-4)
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(Math.abs(Math.log(x)) * 2 ** -52)
  })
})

it('sine and cosine are within 3e-16 of the host’s at every magnitude', () => {
  for (const size of [7, 1e2, 1e4, 1.6e6, 1.7e6, 1e9, 1e15, 1e17, 1e22, 1e100, 1.7e308])
    for (let share = 0.51; share <= 1; share += 0.00713) {
      const angle = size * share
      expect(Math.abs(sine(angle) - Math.sin(angle))).toBeLessThan(3e-16)
      expect(Math.abs(cosineOfTurn(angle) - Math.cos(angle))).toBeLessThan(3e-16)
      expect(sine(-angle)).toBe(-sine(angle))
    }
  // Computed with 60 digits and more and rounded once.
  expect(sine(1e22)).toBe(-0.8522008497671888)
})

it('sine and cosine are within 3e-16 of the host’s over a full turn', () => {
  for (let angle = 0; angle <= 2 * Math.PI; angle += 1.7e-3) {
    expect(Math.abs(sine(angle) - Math.sin(angle))).toBeLessThan(3e-16)
    expect(Math.abs(cosineOfTurn(angle) - Math.cos(angle))).toBeLessThan(3e-16)
  }
})
