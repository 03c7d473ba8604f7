import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { shortest } from '#experiment/decimal.ts'
import { deriveResult } from '#experiment/derive.ts'
import { column, emptyNumbers, fingerprint, metrics, writeEpoch, type Numbers } from '#experiment/numbers.ts'
import { ExperimentResult } from '#experiment/result.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec.ts'
import { populationDeviation, quantile, sampleDeviation, trend } from '#experiment/statistics.ts'

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
    // numpy.quantile([1, 2, 4, 8], [0.1, 0.5, 0.9]), numpy.std with ddof 0 and 1
    expect([0.1, 0.5, 0.9].map((fraction) => quantile([1, 2, 4, 8], fraction))).toEqual([1.3, 3, 6.800000000000001])
    expect(populationDeviation([1, 2, 4, 8])).toBeCloseTo(2.680951323690902, 14)
    expect(sampleDeviation([1, 2, 4, 8])).toBeCloseTo(3.095695936834452, 14)
    expect(sampleDeviation([1])).toBeNaN()
  })

  it('count the unreached as infinite', () => {
    expect(quantile([3, 5, Infinity, Infinity], 0.25)).toBe(4.5)
    expect(quantile([3, 5, Infinity, Infinity], 0.5)).toBe(Infinity)
  })

  it('split a series into its trend and the spread around it', () => {
    const { rise, spread } = trend([0, 1.5, 2, 2.5, 4])
    expect(rise).toBeCloseTo(3.6, 12)
    expect(spread).toBeCloseTo(Math.sqrt(0.24 / 5 + 0.06 / 5), 1)
  })
})

describe('a run', () => {
  it('is as unstable as its test accuracy over the last quarter of its epochs', () => {
    const spec = completeSpec({ epochs: 40 })
    const calm = constant(0.8, 30)
    const { instability } = resultOf(spec, [[...calm, 0.8, 0.9, 0.8, 0.9, 0.8, 0.9, 0.8, 0.9, 0.8, 0.9]]).runs[0]!
    expect(instability).toBeCloseTo(0.05, 7)
    expect(resultOf(spec, [constant(0.802, 40)]).runs[0]!.instability).toBe(0)
  })

  it('has no instability under 40 epochs or after divergence', () => {
    expect(resultOf(completeSpec({ epochs: 39 }), [constant(0.8, 39)]).runs[0]!.instability).toBeNull()
    expect(resultOf(completeSpec({ epochs: 40 }), [constant(0.8, 39)]).runs[0]!.instability).toBeNull()
  })

  it('is still learning when the trend exceeds the spread around it', () => {
    const spec = completeSpec({ epochs: 40 })
    const rising = Array.from({ length: 40 }, (_, epoch) => Math.round(250 + epoch * 5) / 500)
    expect(resultOf(spec, [rising]).runs[0]!.stillLearning).toBe(true)
    const trembling = Array.from({ length: 40 }, (_, epoch) => 0.8 + 0.02 * (epoch % 2))
    expect(resultOf(spec, [trembling]).runs[0]!.stillLearning).toBe(false)
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
    expect(summary.final['testAccuracy']).toEqual({ mean: null, sd: null, p10: null, p50: null, p90: null })
  })
})

it('column is a view of the numbers', () => {
  const spec = completeSpec({ epochs: 2, seeds: 2 })
  const numbers = emptyNumbers(spec)
  column(numbers, spec, 1, 'testAccuracy')[1] = 0.5
  expect(numbers.at(-1)).toBe(0.5)
})
