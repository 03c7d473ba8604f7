import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { shortest } from '#experiment/result/decimal.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { column, emptyNumbers, fingerprint, metrics, writeEpoch, type Numbers } from '#experiment/result/numbers.ts'
import { ExperimentResult } from '#experiment/result/result.ts'
import { quantile, riseError, riseOf, sampleDeviation, successiveDeviation } from '#experiment/result/statistics.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

/** Numbers whose runs have these test accuracies, epoch by epoch; a shorter run has diverged. */
function numbersOf(spec: ExperimentSpec, testAccuracies: number[][]): Numbers {
  const numbers = emptyNumbers(spec)
  testAccuracies.forEach((accuracies, run) =>
    accuracies.forEach((testAccuracy, epoch) =>
      writeEpoch(numbers, spec, run, epoch, {
        runningLoss: 1.5,
        runningAccuracy: 0.5,
        trainLoss: 0.1,
        trainAccuracy: 0.6,
        testLoss: 0.25,
        testAccuracy,
      }),
    ),
  )
  return numbers
}

function resultOf(spec: ExperimentSpec, testAccuracies: number[][], histories = 5) {
  const result = deriveResult(
    spec,
    { digest: 'd', fingerprint: 'f', numbers: numbersOf(spec, testAccuracies) },
    { histories },
  )
  // What the API promises is what it gives.
  expect(() => ExperimentResult.parse(result)).not.toThrow()
  return result
}

const constant = (value: number, epochs: number) => Array.from({ length: epochs }, () => value)

describe('numbers', () => {
  it('are six columns a run in float32, little-endian, with one NaN for what is missing', () => {
    const spec = completeSpec({ epochs: 2, seeds: 2 })
    const numbers = numbersOf(spec, [[0.8, 0.9], [0.7]])
    const bits = new DataView(numbers.buffer)
    expect(numbers.byteLength).toBe(2 * 6 * 2 * 4)
    expect(bits.getFloat32(0, true)).toBe(1.5)
    expect(bits.getFloat32((5 * 2 + 1) * 4, true)).toBe(Math.fround(0.9))
    expect(bits.getFloat32((11 * 2 + 0) * 4, true)).toBe(Math.fround(0.7))
    for (const metric of metrics.keys()) expect(bits.getUint32(((6 + metric) * 2 + 1) * 4, true)).toBe(0x7fc00000)
  })

  it('have a fingerprint that any change of a bit changes', async () => {
    const spec = completeSpec({ epochs: 3 })
    const numbers = numbersOf(spec, [[0.1, 0.2, 0.3]])
    const before = await fingerprint(numbers)
    expect(before).toMatch(/^[0-9a-f]{64}$/)
    expect(await fingerprint(numbersOf(spec, [[0.1, 0.2, 0.3]]))).toBe(before)
    new Uint8Array(numbers.buffer)[17]! ^= 1
    expect(await fingerprint(numbers)).not.toBe(before)
  })

  it('refuse an epoch with a value that is not finite in float32', () => {
    const spec = completeSpec({ epochs: 1 })
    for (const trainLoss of [NaN, Infinity, 1e39]) {
      const numbers = emptyNumbers(spec)
      const values = {
        ...(Object.fromEntries(metrics.map((m) => [m, 0.5])) as Record<(typeof metrics)[number], number>),
        trainLoss,
      }
      expect(writeEpoch(numbers, spec, 0, 0, values)).toBe(false)
      expect(numbers.every(Number.isNaN)).toBe(true)
    }
  })
})

describe('the shortest decimal', () => {
  it('rounds to the same float32, and no shorter one does', () => {
    const float32 = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 4500 }).map((n) => Math.fround(n / 4500)),
    )
    fc.assert(
      fc.property(float32, (value) => {
        const decimal = shortest(value)!
        expect(Math.fround(decimal) === value).toBe(true)
        const digits = (number: number) => number.toExponential().replace(/e.*|[-.]/g, '').length
        for (let fewer = 1; fewer < digits(decimal); fewer++)
          expect(Math.fround(Number(decimal.toPrecision(fewer)))).not.toBe(value)
      }),
      { numRuns: 2000 },
    )
  })

  it('is null for what is not finite', () => {
    expect([NaN, Infinity, -Infinity].map(shortest)).toEqual([null, null, null])
  })
})

describe('statistics', () => {
  it('are numpy’s', () => {
    // numpy.quantile([1, 2, 4, 8], [0.1, 0.5, 0.9]), numpy.std with ddof 1
    expect([0.1, 0.5, 0.9].map((fraction) => quantile([1, 2, 4, 8], fraction))).toEqual([1.3, 3, 6.800000000000001])
    expect(sampleDeviation([1, 2, 4, 8])).toBeCloseTo(3.095695936834452, 14)
    expect(sampleDeviation([1])).toBeNaN()
  })

  it('count the unreached as infinite', () => {
    expect(quantile([3, 5, Infinity, Infinity], 0.25)).toBe(4.5)
    expect(quantile([3, 5, Infinity, Infinity], 0.5)).toBe(Infinity)
  })

  it('tell how far the line through a series rises, and how far it would by chance', () => {
    // numpy.polyfit(range(5), [0, 1.5, 2, 2.5, 4], 1)[0] is 0.9, over 4 steps.
    expect(riseOf([0, 1.5, 2, 2.5, 4])).toBeCloseTo(3.6, 14)
    expect(riseOf([4, 2.5, 2, 1.5, 0])).toBeCloseTo(-3.6, 14)
    expect(riseOf([7, 7, 7])).toBe(0)
    // σ / √Σ(i − middle)² over 4 steps: 0.5 / √10 × 4, and over 49: 1 / √10412.5 × 49.
    expect(riseError(5, 0.5)).toBeCloseTo(0.6324555320336759, 14)
    expect(riseError(50, 1)).toBeCloseTo(0.4801960383990247, 14)
  })

  it('take the deviation from the changes: squares 2.25, 0.25, 0.25, 2.25 of four, halved', () => {
    expect(successiveDeviation([0, 1.5, 2, 2.5, 4])).toBeCloseTo(Math.sqrt(5 / 4 / 2), 15)
    expect(successiveDeviation([3, 1])).toBeCloseTo(Math.SQRT2, 15)
  })

  it('agree on the deviation where nothing drifts: over all orders of some values, both have the same mean square', () => {
    const values = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(values, (some) => {
        const orders = ordersOf(some)
        const meanSquare = orders.reduce((sum, order) => sum + successiveDeviation(order) ** 2, 0) / orders.length
        expect(Math.abs(meanSquare - sampleDeviation(some) ** 2)).toBeLessThan(1e-9 * (1 + meanSquare))
      }),
      { numRuns: 60 },
    )
  })

  it('are blind to a slope: a line adds at most a step of it over √2 to the deviation, and all of it to the rise', () => {
    const series = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 10, maxLength: 60 })
    const slope = fc.double({ min: -50, max: 50, noNaN: true })
    fc.assert(
      fc.property(series, slope, (values, step) => {
        const tilted = values.map((value, index) => value + step * index)
        const added = successiveDeviation(tilted) - successiveDeviation(values)
        expect(Math.abs(added)).toBeLessThanOrEqual(Math.abs(step) / Math.SQRT2 + 1e-9)
        expect(riseOf(tilted) - riseOf(values)).toBeCloseTo(step * (values.length - 1), 6)
      }),
    )
  })
})

/** All orders of some values. */
function ordersOf(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]]
  return values.flatMap((value, index) => ordersOf(values.toSpliced(index, 1)).map((rest) => [value, ...rest]))
}

describe('a run', () => {
  const forty = completeSpec({ epochs: 40 })
  /** A run of 40 epochs whose last ten end with these test rows of 500 right. */
  const ending = (...hits: number[]) =>
    resultOf(forty, [[...constant(0.1, 30), ...hits.map((count) => count / 500)]]).runs[0]!

  it('is as unstable as its test accuracy changes from epoch to epoch, in the last quarter alone', () => {
    // Nine changes of 50 rows, and nothing of the jump from 0.1 to 0.8 before them.
    expect(ending(400, 450, 400, 450, 400, 450, 400, 450, 400, 450).instability).toBe(
      shortest(Math.fround(0.1 / Math.SQRT2)),
    )
    // One change of ten rows in nine: √(100 / 9 / 2) of 500.
    expect(ending(400, 400, 400, 410, 410, 410, 410, 410, 410, 410).instability).toBe(0.004714045)
    expect(ending(401, 401, 401, 401, 401, 401, 401, 401, 401, 401)).toMatchObject({ instability: 0, drift: 0 })
  })

  it('drifts by the line through those epochs, up or down', () => {
    expect(ending(400, 402, 404, 406, 408, 410, 412, 414, 416, 418).drift).toBe(0.036)
    expect(ending(418, 416, 414, 412, 410, 408, 406, 404, 402, 400).drift).toBe(-0.036)
    // Symmetric: it rises and falls, and the line is level.
    expect(ending(400, 402, 404, 406, 408, 408, 406, 404, 402, 400).drift).toBe(0)
  })

  it('takes the window’s length from its epochs: 50 of 200, 10 of 43', () => {
    const at = (epochs: number, window: number) => {
      const jump = [...constant(0.1, epochs - window), ...constant(0.8, window)]
      return resultOf(completeSpec({ epochs }), [jump]).runs[0]!.instability
    }
    expect([at(200, 50), at(43, 10)]).toEqual([0, 0])
    expect(at(200, 49)).toBeCloseTo(0.7 / Math.sqrt(98), 7)
    expect(at(43, 9)).toBeCloseTo(0.7 / Math.sqrt(18), 7)
  })

  it('has neither under 40 epochs or after divergence', () => {
    const none = { instability: null, drift: null, stillLearning: false }
    expect(resultOf(completeSpec({ epochs: 39 }), [constant(0.8, 39)]).runs[0]).toMatchObject(none)
    expect(resultOf(forty, [constant(0.8, 39)]).runs[0]).toMatchObject(none)
  })

  it('is still learning when it drifts, up or down, by more than its instability explains', () => {
    const rising = [400, 402, 404, 406, 408, 410, 412, 414, 416, 418]
    expect(ending(...rising)).toMatchObject({ stillLearning: true, instability: 0.0028284271 })
    expect(ending(...rising.toReversed()).stillLearning).toBe(true)
    const trembling = [400, 410, 400, 410, 400, 410, 400, 410, 400, 410]
    expect(ending(...trembling)).toMatchObject({ stillLearning: false, drift: 0.0054545454 })
    expect(ending(...trembling.toReversed()).stillLearning).toBe(false)
  })

  it('is still learning beyond three standard errors of the drift, not before', () => {
    // Tilted by whole rows an epoch, the same tremble is explained up to a slope of 5 and not from 6 on.
    const tilted = (slope: number) => ending(...Array.from({ length: 10 }, (_, i) => 300 + slope * i + 14 * (i % 2)))
    const judged = Array.from({ length: 9 }, (_, slope) => {
      const { instability, drift, stillLearning } = tilted(slope)
      return { stillLearning, errors: drift! / (instability! * Math.sqrt((12 * 9) / (10 * 11))) }
    })
    for (const { stillLearning, errors } of judged) expect(stillLearning).toBe(errors > 3)
    expect(judged.map(({ stillLearning }) => stillLearning)).toContain(false)
    expect(judged.map(({ stillLearning }) => stillLearning)).toContain(true)
  })

  it('reaches 0.8 at the first epoch with exactly 0.8 or more', () => {
    const spec = completeSpec({ epochs: 4 })
    expect(resultOf(spec, [[0.798, 0.8, 0.79, 0.9]]).runs[0]!.epochsTo80).toBe(2)
    expect(resultOf(spec, [[0.798, 0.798, 0.798, 0.798]]).runs[0]!.epochsTo80).toBeNull()
    // With 15 test rows 0.8 is 12 hits; the float32 nearest to 11/15 and 12/15 must not confuse it.
    const odd = completeSpec({ examples: 30, epochs: 2 })
    expect(resultOf(odd, [[11 / 15, 12 / 15]]).runs[0]!.epochsTo80).toBe(2)
  })

  it('that diverged says so, and has nulls from there on', () => {
    const spec = completeSpec({ epochs: 3 })
    const run = resultOf(spec, [[0.8, 0.5]]).runs[0]!
    expect(run).toMatchObject({ diverged: true, epochsTo80: 1, final: { testAccuracy: null, testLoss: null } })
    expect(run.history!['testAccuracy']).toEqual([0.8, 0.5, null])
  })
})

describe('several runs', () => {
  const spec = completeSpec({ epochs: 40, seeds: 4, seed: 7 })
  const runs = [constant(0.8, 40), constant(0.82, 40), constant(0.9, 10), constant(0.5, 40)]
  const result = resultOf(spec, runs, 2)

  it('are in the order of their seeds, with as many histories as asked for', () => {
    expect(result.runs.map(({ seed }) => seed)).toEqual([7, 8, 9, 10])
    expect(result.runs.map(({ history }) => history !== undefined)).toEqual([true, true, false, false])
  })

  it('have a summary that counts those that diverged and leaves them out of the means', () => {
    expect(result.summary).toMatchObject({ runs: 4, diverged: 1 })
    expect(result.summary.final['testAccuracy']).toMatchObject({
      mean: shortest(Math.fround((0.8 + 0.82 + 0.5) / 3)),
      p50: 0.8,
    })
    expect(result.summary.epochsTo80).toEqual({ reached: 3, quartiles: [1, 1, null] })
  })

  it('have quartiles and spreads of instability and drift, and a count of those that still learn', () => {
    // The last ten epochs of four runs tremble by 10, 20, 30 and 40 rows; a fifth diverged, a sixth rises.
    const trembling = [10, 20, 30, 40].map((step) => Array.from({ length: 40 }, (_, i) => (400 + step * (i % 2)) / 500))
    const rising = Array.from({ length: 40 }, (_, i) => (300 + i) / 500)
    const six = completeSpec({ epochs: 40, seeds: 6 })
    const { summary } = resultOf(six, [...trembling, constant(0.8, 9), rising])
    // In units of 10 / 500 / √2: 0.1, 1, 2, 3, 4.
    const unit = 10 / 500 / Math.SQRT2
    const rounded = (value: number) => shortest(Math.fround(value))
    expect(summary.instability.quartiles.map((value) => value! / unit)).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(2, 6),
      expect.closeTo(3, 6),
    ])
    expect(summary.instability.mean! / unit).toBeCloseTo(2.02, 6)
    expect(summary.instability.p50).toBe(summary.instability.quartiles[1])
    // Each tremble's line rises by 3 / 11 of its step; the last run rises by 9 rows.
    const rises = [30 / 11, 60 / 11, 90 / 11, 9, 120 / 11].map((rows) => rows / 500)
    expect(summary.drift).toMatchObject({
      p50: rounded(rises[2]!),
      p10: rounded(rises[0]! + 0.4 * (rises[1]! - rises[0]!)),
    })
    expect(summary).toMatchObject({ diverged: 1, stillLearning: 1 })
  })

  it('have curves with the mean, the percentiles and the number of runs by epoch', () => {
    const curve = result.curves!['testAccuracy']
    expect(curve.mean).toHaveLength(40)
    expect(curve.mean[0]).toBe(shortest(Math.fround((0.8 + 0.82 + 0.9 + 0.5) / 4)))
    expect([curve.runs[9], curve.runs[10]]).toEqual([4, 3])
    expect(curve.p50[39]).toBe(0.8)
  })

  it('of one seed have no curves', () => {
    expect(resultOf(completeSpec({ epochs: 2 }), [[0.1, 0.2]]).curves).toBeUndefined()
  })

  it('that all diverged have no statistics', () => {
    const summary = resultOf(completeSpec({ epochs: 2, seeds: 2 }), [[], []]).summary
    expect(summary).toMatchObject({ diverged: 2, epochsTo80: { reached: 0, quartiles: [null, null, null] } })
    const none = { mean: null, sd: null, p10: null, p50: null, p90: null }
    expect(summary.final['testAccuracy']).toEqual(none)
    expect(summary.instability).toEqual({ ...none, quartiles: [null, null, null] })
    expect(summary.drift).toEqual(none)
  })
})

it('column is a view of the numbers', () => {
  const spec = completeSpec({ epochs: 2, seeds: 2 })
  const numbers = emptyNumbers(spec)
  column(numbers, spec, 1, 'testAccuracy')[1] = 0.5
  expect(numbers.at(-1)).toBe(0.5)
})
