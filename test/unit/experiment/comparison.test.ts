import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compare } from '#experiment/result/comparison.ts'
import {
  differenceInterval,
  meanInterval,
  ratioInterval,
  studentQuantile,
} from '#experiment/result/confidence-interval.ts'
import type { Run } from '#experiment/result/result.ts'
import { sampleDeviation } from '#experiment/result/statistics.ts'

/** A run of a seed; what is not given is as in a calm run. */
const runOf = (seed: number, given: Partial<Run> = {}): Run => ({
  seed,
  diverged: false,
  final: { trainLoss: 0.5, trainAccuracy: 0.8, testLoss: 0.5, testAccuracy: 0.8 },
  instability: 0.01,
  drift: 0,
  stillLearning: false,
  epochsTo80: 10,
  ...given,
})
const diverged = {
  diverged: true,
  final: { trainLoss: null, trainAccuracy: null, testLoss: null, testAccuracy: null },
  instability: null,
  drift: null,
}
const experiment = (runs: Run[]) => ({ runs, digest: 'd', fingerprint: 'f', permalink: '/playground?batchSize=full' })
const withInstability = (values: readonly number[], first = 1) =>
  experiment(values.map((instability, run) => runOf(first + run, { instability })))

describe('Student’s quantile', () => {
  // scipy.stats.t.ppf(0.975, degrees)
  it.each([
    [4, 2.7764451051977934, 4e-4],
    [5, 2.5705818356363146, 2e-4],
    [9, 2.262157162798205, 1e-5],
    [19, 2.0930240544083087, 1e-6],
    [29, 2.045229642132703, 1e-7],
    [99, 1.9842169515864174, 1e-10],
    [199, 1.9719565442517533, 1e-11],
  ])('at %d degrees of freedom is that of the tables', (degrees, known, tolerance) => {
    expect(Math.abs(studentQuantile(degrees) / known - 1)).toBeLessThan(tolerance)
  })
})

describe('a mean', () => {
  it('has the interval of a t test', () => {
    // scipy.stats.ttest_1samp(values, 0).confidence_interval(0.95)
    const { value, low, high } = meanInterval([0.12, -0.05, 0.3, 0.18, 0.02, 0.11, 0.25, -0.01, 0.09, 0.14])
    expect(value).toBeCloseTo(0.115, 15)
    expect(low).toBeCloseTo(0.035968258840898146, 6)
    expect(high).toBeCloseTo(0.19403174115910182, 6)
  })

  it('has no interval under five values', () => {
    expect(meanInterval([1, 2, 3, 4])).toEqual({ value: 2.5, low: NaN, high: NaN })
    expect(meanInterval([1, 2, 3, 4, 5]).low).toBeGreaterThan(0)
  })
})

describe('a difference of two means', () => {
  const some = [0.83, 0.826, 0.838, 0.822, 0.83]
  const others = [0.832, 0.84, 0.836, 0.828, 0.842, 0.834, 0.83, 0.838]

  it('has the interval of a t test of two samples with one spread', () => {
    // scipy.stats.ttest_ind(some, others).confidence_interval(0.95)
    const { value, low, high } = differenceInterval(some, others)
    expect(value).toBeCloseTo(-0.0058, 12)
    expect(low).toBeCloseTo(-0.012448154414691114, 6)
    expect(high).toBeCloseTo(0.0008481544146910587, 6)
  })

  it('has one of few values beside many, and none of few', () => {
    const many = [...others, ...others, ...others, ...others]
    const { low, high } = differenceInterval([0.8, 0.81], many)
    expect(low).toBeCloseTo(-0.03705212332611626, 8)
    expect(high).toBeCloseTo(-0.022947876673883573, 8)
    // Of one value: the others' mean and spread are all there is, as in an interval for one more of them.
    const one = differenceInterval([0.8], many)
    expect(one.value).toBeCloseTo(-0.035, 12)
    const spread = studentQuantile(31) * sampleDeviation(many) * Math.sqrt(1 + 1 / 32)
    expect(one.low).toBeCloseTo(-0.035 - spread, 12)
    expect(one.high).toBeCloseTo(-0.035 + spread, 12)
    expect(differenceInterval([], many)).toEqual({ value: NaN, low: NaN, high: NaN })
    expect(differenceInterval([0.8, 0.81], [0.9, 0.91, 0.92])).toMatchObject({ low: NaN, high: NaN })
  })
})

const below100 = (min: number) => fc.integer({ min, max: 100 })
const pairs = fc.array(fc.tuple(below100(0), below100(20)), { minLength: 5, maxLength: 40 })

describe('a ratio of means', () => {
  it('has Fieller’s interval, worked by hand', () => {
    // Means 6 and 3; variances of the means 0.5 and 0.125, covariance 0.15; t² is 7.7086 at 4 degrees: the roots of
    // (9 − 0.125 t²) ρ² − 2 (18 − 0.15 t²) ρ + (36 − 0.5 t²), by numpy.
    const { value, low, high } = ratioInterval([4, 5, 6, 7, 8], [2, 3.5, 3, 2.5, 4])
    expect(value).toBe(2)
    expect(low).toBeCloseTo(1.469114748368028, 3)
    expect(high).toBeCloseTo(2.7227280948907606, 3)
  })

  it('holds a ratio exactly where a paired t test against it does not refuse', () => {
    fc.assert(
      fc.property(pairs, below100(1), (some, hundredths) => {
        const ratio = hundredths / 40
        const [above, below] = [some.map(([a]) => a), some.map(([, b]) => b)]
        const interval = ratioInterval(above, below)
        fc.pre(Number.isFinite(interval.low))
        const rest = meanInterval(some.map(([a, b]) => a - ratio * b))
        const distance = Math.min(Math.abs(rest.low), Math.abs(rest.high))
        fc.pre(distance > 1e-6)
        expect(interval.low <= ratio && ratio <= interval.high).toBe(rest.low <= 0 && 0 <= rest.high)
        expect(interval.low).toBeLessThanOrEqual(interval.value)
        expect(interval.high).toBeGreaterThanOrEqual(interval.value)
      }),
      { numRuns: 500 },
    )
  })

  it('of values that move together is narrower than their own spread', () => {
    const below = [1, 2, 3, 4, 5, 6]
    const { low, high } = ratioInterval(
      below.map((value) => 3 * value),
      below,
    )
    expect([low, high]).toEqual([expect.closeTo(3, 6), expect.closeTo(3, 6)])
  })

  it('has no interval where the mean below could be 0, and no value where it is', () => {
    expect(ratioInterval([1, 2, 3, 4, 5], [0, 0, 0, 0, 5])).toEqual({ value: 3, low: NaN, high: NaN })
    expect(ratioInterval([1, 2, 3, 4, 5], [0, 0, 0, 0, 0])).toEqual({ value: NaN, low: NaN, high: NaN })
    expect(ratioInterval([1, 2, 3, 4], [1, 1, 1, 1])).toEqual({ value: 2.5, low: NaN, high: NaN })
  })
})

describe('two experiments', () => {
  it('are compared seed by seed, whatever the order', () => {
    const own = withInstability([0.01, 0.02, 0.03, 0.04, 0.05])
    const pinned = withInstability([0.001, 0.003, 0.002, 0.004, 0.005])
    const { quantities, ...whole } = compare(own, { ...pinned, runs: pinned.runs.toReversed() })
    expect(whole).toEqual({
      digest: 'd',
      fingerprint: 'f',
      permalink: '/playground?batchSize=full',
      seeds: [1, 2, 3, 4, 5],
      unpaired: 0,
    })
    const { differences, difference, ratio, pairs: count, missing } = quantities.instability
    expect([count, missing]).toEqual([5, 0])
    expect(differences).toEqual([0.009, 0.017, 0.028, 0.036, 0.045])
    expect(difference.value).toBe(0.027)
    expect(ratio.value).toBe(10)
  })

  it('with other seeds are compared on those that both have', () => {
    const own = withInstability([0.01, 0.02, 0.03, 0.04, 0.05, 0.06])
    const { seeds, unpaired, quantities } = compare(own, withInstability([0.01, 0.02, 0.03], 5))
    expect(seeds).toEqual([5, 6])
    expect(unpaired).toBe(5)
    expect(quantities.instability.differences).toEqual([0.04, 0.04])
    expect(quantities.instability.difference).toEqual({ value: 0.04, low: null, high: null })
  })

  it('leave out, and count, the pairs in which a run diverged', () => {
    const own = experiment([1, 2, 3, 4, 5, 6].map((seed) => runOf(seed, seed === 2 ? diverged : {})))
    const pinned = experiment(
      [1, 2, 3, 4, 5, 6].map((seed) => runOf(seed, seed === 6 ? diverged : { instability: 0.02 })),
    )
    const { instability, testLoss } = compare(own, pinned).quantities
    expect(instability).toMatchObject({ pairs: 4, missing: 2, differences: [-0.01, null, -0.01, -0.01, -0.01, null] })
    expect(instability.ratio).toEqual({ value: 0.5, low: null, high: null })
    expect(testLoss).toMatchObject({ pairs: 4, missing: 2, difference: { value: 0 } })
  })

  it('are told to differ in every quantity by its own values', () => {
    const final = { trainLoss: 0.4, trainAccuracy: 0.9, testLoss: 0.7, testAccuracy: 0.85 }
    const own = experiment([1, 2, 3, 4, 5].map((seed) => runOf(seed, { final, epochsTo80: 25 })))
    const { quantities } = compare(own, experiment([1, 2, 3, 4, 5].map((seed) => runOf(seed))))
    const differences = Object.entries(quantities).map(([name, { difference }]) => [name, difference.value])
    expect(Object.fromEntries(differences)).toEqual({
      instability: 0,
      testAccuracy: 0.05,
      trainAccuracy: 0.1,
      testLoss: 0.2,
      trainLoss: -0.1,
      epochsTo80: 15,
    })
    expect(quantities.epochsTo80.ratio.value).toBe(2.5)
  })

  it('have no mean difference of epochs where a run never gets to 0.8', () => {
    const never = experiment([1, 2, 3, 4, 5, 6].map((seed) => runOf(seed, { epochsTo80: seed === 3 ? null : 20 })))
    const { epochsTo80 } = compare(never, experiment([1, 2, 3, 4, 5, 6].map((seed) => runOf(seed)))).quantities
    expect(epochsTo80).toEqual({
      pairs: 5,
      missing: 1,
      differences: [10, 10, null, 10, 10, 10],
      difference: { value: null, low: null, high: null },
      ratio: { value: null, low: null, high: null },
    })
  })

  it('that are one and the same do not differ', () => {
    const same = withInstability([0.01, 0.02, 0.03, 0.04, 0.05])
    const { difference, ratio } = compare(same, same).quantities.instability
    expect(difference).toEqual({ value: 0, low: 0, high: 0 })
    expect(ratio).toEqual({ value: 1, low: 1, high: 1 })
  })
})
