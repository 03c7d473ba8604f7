/** Networks with any number of inputs: the engines against the float64 reference, and the kernel's own promises. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Split } from '#datasets/split.ts'
import { emptyNumbers, type Numbers } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { exampleGradients, meanGradient, plainDescent } from '#training/fused/gradients.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { trainFused } from '#training/fused/train.ts'
import { initialLayers, type Layer } from '#training/initializers.ts'
import { trainLayers } from '#training/layers/train.ts'
import { runToEnd, Slice } from '#training/progress.ts'

import { expectConfidences } from '../../../support/confidences.ts'
import { compareWithReference } from '../../../support/oracle.ts'
import { ReferenceNetwork } from '../../../support/reference-network.ts'
import { smallSpec } from '../../../support/small-spec.ts'
import { anyWidth, wideSplit, widths } from '../../../support/wide-split.ts'

/** NaNs are equal only by their bits. */
const bits = (numbers: Numbers) => Buffer.from(numbers.buffer).toString('hex')

function begun(spec: ExperimentSpec, split: Split): FusedNetwork {
  const network = new FusedNetwork(spec, split)
  network.begin(spec.seed)
  return network
}

/** Trains the first run, with steps taken as many at a time as given, over and over. */
function trainSliced(
  spec: ExperimentSpec,
  split: Split,
  slices: readonly number[],
  between?: (network: FusedNetwork) => void,
): string {
  const network = begun(spec, split)
  const numbers = emptyNumbers(spec)
  for (let slice = 0; !network.advance(slices[slice % slices.length]!); slice++) between?.(network)
  network.copyHistory(numbers, 0)
  network.dispose()
  return bits(numbers)
}

/** The gradient of every training row in float64: a step of the reference on it alone is its negative. */
function rowGradients(spec: ExperimentSpec, layers: readonly Layer[], split: Split): number[][] {
  return Array.from({ length: split.train.count }, (_, row) => {
    const reference = new ReferenceNetwork({ ...spec, ...plainDescent }, layers, split)
    const flat = () => reference.parameters().flatMap((values) => [...values])
    const before = flat()
    reference.arrange(Uint32Array.of(row))
    reference.step(0, 1, 1)
    return flat().map((after, index) => before[index]! - after)
  })
}

const slices = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 })

describe('networks of any width', () => {
  it.each([
    ['fused', trainFused, 120],
    ['layers', trainLayers, 20],
  ] as const)(
    '%s: agrees with the float64 reference on specs of every kind',
    (engine, train, numRuns) => {
      const compared = { epochs: 0, of: 0 }
      fc.assert(
        fc.property(smallSpec, anyWidth, (given, features) => {
          const spec = { ...given, engine }
          const split = wideSplit(spec, features)
          const numbers = runToEnd(train(spec, split, new Slice()))
          const { deviations, epochs } = compareWithReference(spec, numbers, split)
          expect(deviations).toEqual([])
          compared.epochs += epochs
          compared.of += spec.epochs
        }),
        { numRuns },
      )
      expect(compared.epochs / compared.of).toBeGreaterThan(0.5)
    },
    240_000,
  )

  it.each(widths)('%i inputs: every batch size of the digits’ network agrees with the reference', (features) => {
    for (const batchSize of [1, 2, 3, 4, 5, 8, 31, 32, 33, 'full'] as const) {
      const given: PartialSpec = { classes: 10, hiddenUnits: '50', examples: 161, epochs: 2, learningRate: 0.001 }
      const spec = completeSpec({ ...given, batchSize })
      const split = wideSplit(spec, features)
      const { deviations } = compareWithReference(spec, runToEnd(trainFused(spec, split, new Slice())), split)
      expect([batchSize, deviations]).toEqual([batchSize, []])
    }
  })

  it('give the same bits however they are sliced', () => {
    fc.assert(
      fc.property(smallSpec, anyWidth, slices, (spec, features, some) => {
        const split = wideSplit(spec, features)
        expect(trainSliced(spec, split, some)).toBe(trainSliced(spec, split, [1e9]))
      }),
    )
  }, 60_000)

  it('give the same bits when they go back to a snapshot, and after rows were predicted and gradients measured', () => {
    fc.assert(
      fc.property(smallSpec, anyWidth, slices, fc.integer({ min: 1, max: 30 }), (spec, features, some, detour) => {
        const split = wideSplit(spec, features)
        const sliced = trainSliced(spec, split, some, (network) => {
          const snapshot = network.snapshot()
          network.advance(detour)
          network.predict(split.test.inputs)
          network.restore(snapshot)
          expect(network.gradientMoments).toEqual(network.gradientMoments)
        })
        expect(sliced).toBe(trainSliced(spec, split, [1e9]))
      }),
    )
  }, 60_000)

  it('give the same bits whatever ran in their memory before, even if it diverged', () => {
    fc.assert(
      fc.property(smallSpec, anyWidth, smallSpec, anyWidth, (spec, features, other, otherFeatures) => {
        const split = wideSplit(spec, features)
        const alone = trainSliced(spec, split, [1e9])
        const wild = { ...other, optimizer: 'sgd', learningRate: 10, momentum: 0.999 } as const
        trainSliced(wild, wideSplit(wild, otherFeatures), [1e9])
        expect(trainSliced(spec, split, [1e9])).toBe(alone)
      }),
    )
  }, 60_000)

  it('give back the parameters that they were given, up to the rounding of differences', () => {
    fc.assert(
      fc.property(smallSpec, anyWidth, (spec, features) => {
        const network = begun(spec, wideSplit(spec, features))
        const given = initialLayers(spec, 7, features)
        network.setParameters(given)
        const got = network.parameters
        network.dispose()
        expect(got.map(({ weights }) => weights.length)).toEqual(given.map(({ weights }) => weights.length))
        got.forEach(({ weights, biases }, layer) => {
          weights.forEach((weight, index) => expect(weight).toBeCloseTo(given[layer]!.weights[index]!, 5))
          expect(biases).toEqual(given[layer]!.biases)
        })
      }),
    )
  })

  it('predict what the reference predicts, one by one or all at once', () => {
    fc.assert(
      fc.property(smallSpec, anyWidth, fc.integer({ min: 1, max: 40 }), (given, features, steps) => {
        const spec: ExperimentSpec = { ...given, averaging: 'none' }
        const { test, train } = wideSplit(spec, features)
        const network = begun(spec, { test, train })
        network.advance(steps)
        const all = network.predict(test.inputs)
        const single = Array.from({ length: test.count }, (_, row) =>
          network.predict(test.inputs.subarray(features * row, features * (row + 1))),
        )
        expect([...all.classes]).toEqual(single.map(({ classes }) => classes[0]))
        expect([...all.confidences]).toEqual(single.map(({ confidences }) => confidences[0]))
        const hits = all.classes.reduce((sum, label, row) => sum + Number(label === test.labels[row]), 0)
        const reference = new ReferenceNetwork(spec, network.parameters, { train: test, test })
        network.dispose()
        expect(Math.abs(hits - reference.evaluate().test.hits)).toBeLessThanOrEqual(1)
        expectConfidences(all, reference.probabilities(test))
      }),
    )
  })

  it('have the reference’s gradients: each row’s, their mean, and the moments', () => {
    fc.assert(
      fc.property(smallSpec, anyWidth, fc.integer({ min: 0, max: 20 }), (spec, features, steps) => {
        const split = wideSplit(spec, features)
        const network = begun(spec, split)
        network.advance(steps)
        const { gradientSquare, meanSquare } = network.gradientMoments
        const layers = network.parameters
        network.dispose()
        const expected = rowGradients(spec, layers, split)
        const size = expected[0]!.length
        const single = exampleGradients(spec, layers, split.train)
        expect(single).toHaveLength(expected.length * size)
        const distance = (from: ArrayLike<number>, to: readonly number[]) =>
          Math.sqrt(to.reduce((sum, value, index) => sum + (value - from[index]!) ** 2, 0))
        const lengthOf = (vector: readonly number[]) =>
          distance(
            vector.map(() => 0),
            vector,
          )
        const square = expected.reduce((sum, one) => sum + lengthOf(one) ** 2, 0) / expected.length
        const allowed = 2e-5 * Math.max(0.1, Math.sqrt(square))
        expected.forEach((one, row) =>
          expect(distance(single.subarray(row * size, (row + 1) * size), one)).toBeLessThan(10 * allowed),
        )
        const mean = expected[0]!.map((_, at) => expected.reduce((sum, one) => sum + one[at]!, 0) / expected.length)
        expect(distance(meanGradient(spec, layers, split.train), mean)).toBeLessThan(10 * allowed)
        expect(Math.abs(Math.sqrt(meanSquare) - Math.sqrt(square))).toBeLessThan(allowed)
        expect(Math.abs(Math.sqrt(gradientSquare) - lengthOf(mean))).toBeLessThan(allowed)
      }),
      { numRuns: 100, seed: 1 },
    )
  }, 60_000)

  it('draw their first weights by their own fan-in', () => {
    const spec = completeSpec({ hiddenUnits: '128' })
    for (const features of widths) {
      const [hidden] = initialLayers(spec, 1, features)
      expect(hidden!.weights).toHaveLength(features * 128)
      const limit = Math.sqrt(6 / features)
      const largest = hidden!.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
      expect(largest).toBeLessThanOrEqual(limit)
      expect(largest).toBeGreaterThan(0.9 * limit)
    }
  })
})
