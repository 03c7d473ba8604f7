/** The noise meter against the plain float64 reference, and the laws of what it measures. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { splitOf, type Split } from '#datasets/split.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { measuredEpochs } from '#experiment/result/noise-scale.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import {
  batchRows,
  completeSpec,
  stepsPerEpoch,
  trainRows,
  type ExperimentSpec,
  type PartialSpec,
} from '#experiment/spec/spec.ts'
import { plainDescent } from '#training/fused/gradients.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { measureNoise } from '#training/fused/noise.ts'
import type { Layer } from '#training/initializers.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { ReferenceNetwork } from '../../../support/reference-network.ts'
import { smallSpec } from '../../../support/small-spec.ts'
import { trainAll } from '../../../support/train-all.ts'

/** The gradient of every training row in float64 [N][W]: a step of the reference on it alone is its negative. */
function rowGradients(spec: ExperimentSpec, layers: Layer[], split: Split): number[][] {
  return Array.from({ length: split.train.count }, (_, row) => {
    const reference = new ReferenceNetwork({ ...spec, ...plainDescent }, layers, split)
    const flat = () => reference.parameters().flatMap((values) => [...values])
    const before = flat()
    reference.arrange(Uint32Array.of(row))
    reference.step(0, 1, 1)
    return flat().map((after, index) => before[index]! - after)
  })
}

const squareOf = (vector: readonly number[]) => vector.reduce((sum, value) => sum + value * value, 0)
const meanOf = (vectors: readonly number[][]) =>
  vectors[0]!.map((_, index) => vectors.reduce((sum, vector) => sum + vector[index]!, 0) / vectors.length)

function noiseOf(spec: ExperimentSpec): GradientNoise {
  return runToEnd(measureNoise(spec, splitOf(spec), new Slice(), () => {}))
}

const bits = (values: Float32Array) => Buffer.from(values.buffer).toString('hex')

describe('the gradients of the training rows', () => {
  it('are as long as the float64 reference’s, together and each by itself', () => {
    fc.assert(
      fc.property(smallSpec, fc.integer({ min: 0, max: 40 }), (spec, steps) => {
        const split = splitOf(spec)
        const network = new FusedNetwork(spec, split)
        network.begin(spec.seed)
        network.advance(steps)
        const { gradientSquare, meanSquare } = network.gradientMoments
        const gradients = rowGradients(spec, network.parameters, split)
        network.dispose()
        const expected = gradients.reduce((sum, gradient) => sum + squareOf(gradient), 0) / gradients.length
        // Float32 has little left of the difference between a probability and 1 where an example is all but learned.
        const allowed = 2e-5 * Math.max(0.1, Math.sqrt(expected))
        expect(Math.abs(Math.sqrt(meanSquare) - Math.sqrt(expected))).toBeLessThan(allowed)
        expect(Math.abs(Math.sqrt(gradientSquare) - Math.sqrt(squareOf(meanOf(gradients))))).toBeLessThan(allowed)
      }),
      { numRuns: 300, seed: 1 },
    )
  }, 60_000)

  it('are those of a wide network of three layers, too, over more rows than a chunk', () => {
    const spec = completeSpec({ hiddenUnits: '128-127-5', activation: 'tanh', examples: 90, classes: 7, batchSize: 3 })
    const split = splitOf(spec)
    const network = new FusedNetwork(spec, split)
    network.begin(3)
    network.advance(20)
    const { gradientSquare, meanSquare } = network.gradientMoments
    const gradients = rowGradients(spec, network.parameters, split)
    network.dispose()
    expect(gradientSquare / squareOf(meanOf(gradients))).toBeCloseTo(1, 5)
    expect(meanSquare / (gradients.reduce((sum, one) => sum + squareOf(one), 0) / gradients.length)).toBeCloseTo(1, 5)
  })

  it('change nothing when they are measured: the run goes on to the same bits', () => {
    fc.assert(
      fc.property(smallSpec, fc.integer({ min: 1, max: 9 }), (spec, steps) => {
        const numbers = emptyNumbers(spec)
        const network = new FusedNetwork(spec, splitOf(spec))
        network.begin(spec.seed)
        for (let isOver = false; !isOver;) {
          expect(network.gradientMoments).toEqual(network.gradientMoments)
          isOver = network.advance(steps)
        }
        network.copyHistory(numbers, 0)
        network.dispose()
        expect(bits(numbers)).toBe(bits(trainAll(spec).numbers))
      }),
    )
  }, 60_000)

  it.each([
    {},
    { optimizer: 'adam' },
    { averaging: 'ema', optimizer: 'nesterov' },
    { averaging: 'swa', weightDecay: 0.01 },
    { learningRateSchedule: 'cosine', warmup: 1, replacement: true },
    { batchSizeSchedule: '2:full-4:3', lastBatch: 'scaled' },
  ] as PartialSpec[])('of the tutorial’s runs change nothing either, at every batch size, with %j', (given) => {
    for (const batchSize of [1, 4, 32, 'full'] as const) {
      const spec = completeSpec({ ...given, batchSize, epochs: 5 })
      const numbers = emptyNumbers(spec)
      const network = new FusedNetwork(spec, splitOf(spec))
      network.begin(spec.seed)
      for (let isOver = false; !isOver;) {
        expect(network.gradientMoments.meanSquare).toBeGreaterThan(0)
        isOver = network.advance(7)
      }
      network.copyHistory(numbers, 0)
      network.dispose()
      expect(bits(numbers)).toBe(bits(trainAll(spec).numbers))
    }
  })
})

describe('the noise of a run', () => {
  it('is that of batches which are drawn without replacement: their mean squared gradient is what it says', () => {
    // Every batch of 2 of 5 rows: no estimate.
    const spec = completeSpec({ examples: 10, batchSize: 2, epochs: 2, hiddenUnits: '6' })
    const split = splitOf(spec)
    const network = new FusedNetwork(spec, split)
    network.begin(spec.seed)
    network.advance(stepsPerEpoch(spec))
    const gradients = rowGradients(spec, network.parameters, split)
    network.dispose()
    const pairs = gradients.flatMap((one, index) => gradients.slice(index + 1).map((other) => [one, other]))
    expect(pairs).toHaveLength(10)
    const square = squareOf(meanOf(gradients))
    const ofBatches = pairs.reduce((sum, pair) => sum + squareOf(meanOf(pair)), 0) / pairs.length
    const noise = noiseOf(spec)
    expect(noise).toMatchObject({ examples: 5, batchSize: [2, 2, 2], epochs: [0, 1, 2], diverged: false })
    expect(noise.gradientSquare[1]).toBeCloseTo(square, 4)
    expect(noise.noiseShare[1]).toBeCloseTo((ofBatches - square) / ofBatches, 5)
    const trace = gradients.reduce((sum, one) => sum + squareOf(one), 0) / 5 - square
    expect(noise.covarianceTrace[1]! / trace).toBeCloseTo(1, 5)
    expect(noise.noiseScale[1]! / (trace / square)).toBeCloseTo(1, 5)
  })

  it('is none at full batch, and half of the gradient where the scale is the batch size, but for the rows that are left out', () => {
    expect(new Set(noiseOf(completeSpec({ batchSize: 'full', epochs: 9 })).noiseShare)).toEqual(new Set([0]))
    const { examples, batchSize, noiseScale, noiseShare } = noiseOf(completeSpec({ batchSize: 16, epochs: 30 }))
    noiseScale.forEach((scale, index) => {
      const size = batchSize[index]!
      const ratio = ((scale! / size) * (examples - size)) / (examples - 1)
      expect(noiseShare[index]).toBeCloseTo(ratio / (1 + ratio), 5)
    })
  })

  it('is that of the batch size of the epoch that follows, and of rows that are drawn with replacement', () => {
    const spec = completeSpec({ batchSize: 4, batchSizeSchedule: '2:50-4:full', epochs: 6 })
    const noise = noiseOf(spec)
    expect(noise.batchSize).toEqual([4, 4, 50, 50, 500, 500, 500])
    noise.noiseShare.forEach((share, index) => {
      const [square, trace, size] = [
        noise.gradientSquare[index]!,
        noise.covarianceTrace[index]!,
        noise.batchSize[index]!,
      ]
      const ofBatch = ((trace / size) * (500 - size)) / 499
      expect(share).toBeCloseTo(ofBatch / (square + ofBatch), 5)
    })
    const replaced = noiseOf(completeSpec({ batchSize: 'full', replacement: true, epochs: 3 }))
    replaced.noiseShare.forEach((share, index) => {
      const ofBatch = replaced.covarianceTrace[index]! / 500
      expect(share).toBeCloseTo(ofBatch / (replaced.gradientSquare[index]! + ofBatch), 5)
      expect(share).toBeGreaterThan(0)
    })
  })

  it('has the same start whatever the batch size, and is measured at both ends and evenly between', () => {
    const [small, large] = [noiseOf(completeSpec({ batchSize: 4 })), noiseOf(completeSpec({ batchSize: 'full' }))]
    expect(small.noiseScale[0]).toBe(large.noiseScale[0])
    expect(small.epochs).toEqual(Array.from({ length: 201 }, (_, epoch) => epoch))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (epochs) => {
        const measured = measuredEpochs({ epochs })
        expect([measured[0], measured.at(-1), measured.length]).toEqual([0, epochs, Math.min(epochs, 200) + 1])
        const gaps = measured.slice(1).map((epoch, index) => epoch - measured[index]!)
        expect(Math.min(...gaps)).toBeGreaterThan(0)
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(2)
      }),
    )
  })

  it('is of the training rows alone, and of the first run', () => {
    const spec = completeSpec({ epochs: 4, seeds: 3 })
    expect(noiseOf(spec)).toEqual(noiseOf({ ...spec, seeds: 1 }))
    expect(noiseOf(spec)).toMatchObject({ examples: trainRows(spec), batchSize: Array(5).fill(batchRows(spec)) })
  })

  it('is null from divergence on', () => {
    const noise = noiseOf(completeSpec({ learningRate: 10, momentum: 0.999, batchSize: 1, epochs: 40 }))
    expect(noise.diverged).toBe(true)
    const first = noise.noiseScale.indexOf(null)
    expect(first).toBeGreaterThan(0)
    for (const key of ['gradientSquare', 'covarianceTrace', 'noiseScale', 'noiseShare'] as const) {
      expect(noise[key]).toHaveLength(41)
      expect(noise[key].slice(first).every((value) => value === null)).toBe(true)
    }
  })

  it('comes in slices', () => {
    const spec = completeSpec({ batchSize: 1, epochs: 2000 })
    const epochs = Array.from(measureNoise(spec, splitOf(spec), new Slice(), (network) => network.epochs))
    expect(epochs.length).toBeGreaterThan(4)
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
    expect(epochs.at(-1)).toBeGreaterThan(epochs[0]!)
  }, 30_000)
})
