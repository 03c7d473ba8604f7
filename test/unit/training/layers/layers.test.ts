import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { splitOf } from '#datasets/split.ts'
import { column, type Numbers } from '#experiment/result/numbers.ts'
import { evaluationCalls, stepCalls, estimateOperations } from '#experiment/spec/cost.ts'
import { presets } from '#experiment/spec/presets.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { optimizerNames } from '#methods/optimizers.ts'
import { trainNumbers } from '#training/by-engine.ts'
import { initialLayers } from '#training/initializers.ts'
import { LayersNetwork } from '#training/layers/network.ts'
import { startTensorFlow, type TensorFlow } from '#training/tensorflow/tensorflow.ts'

import distributions from '../../../golden/distributions.json'
import { deviationRatio, standardErrors } from '../../../support/statistics.ts'
import { expectTrace, split, traceLayers, traces } from '../../../support/traces.ts'
import { trainAll as trainAnything } from '../../../support/train-all.ts'

/** Trains to the end. */
const trainAll = (given: PartialSpec) => trainAnything({ ...given, engine: 'layers' })

let tf: TensorFlow
/** What TensorFlow.js holds when nothing is trained. */
let idle: { numTensors: number; numDataBuffers: number; numBytes: number }
const held = () => {
  const { numTensors, numDataBuffers, numBytes } = tf.memory()
  return { numTensors, numDataBuffers, numBytes }
}
beforeAll(() => {
  tf = startTensorFlow()
  trainAll({ epochs: 1 })
  idle = held()
})
afterEach(() => expect(held()).toEqual(idle))

describe('the layers engine', () => {
  it('runs on TensorFlow.js’s WASM backend', () => {
    expect(tf.getBackend()).toBe('wasm')
  })

  it.each(traces)('follows the float64 trace of $name', (one) => {
    const { batchSize, learningRate } = one
    const network = new LayersNetwork(tf, completeSpec({ batchSize, learningRate }), traceLayers(), split)
    expectTrace(network, one)
    network.dispose()
  })

  it('trains networks of every depth, activation and number of classes', () => {
    for (const given of [
      { hiddenUnits: 'none' },
      { hiddenUnits: '7-5-3', activation: 'tanh', classes: 10 },
      { dataset: 'moons', hiddenUnits: '4', activation: 'sigmoid', momentum: 0, shuffle: false, batchSize: 450 },
    ] satisfies PartialSpec[]) {
      const { numbers } = trainAll({ ...given, epochs: 2 })
      expect(numbers.every(Number.isFinite)).toBe(true)
    }
  })

  it.each(['ema', 'swa'] as const)('gives everything back that the average %s took', (averaging) => {
    expect(trainAll({ averaging, epochs: 3 }).numbers.every(Number.isFinite)).toBe(true)
  })

  it('calls TensorFlow.js as often as the estimate of its work says, at every depth and with every optimizer and average', async () => {
    const rows = Uint32Array.from({ length: 10 }, (_, row) => row)
    const callsOf = async (use: () => void) => (await tf.profile(use)).kernels.length
    const shapes = ['none', '8', '8-8', '8-8-8'].flatMap((hiddenUnits) =>
      optimizerNames.flatMap((optimizer) =>
        (['none', 'ema'] as const).flatMap((averaging) =>
          [0, 0.01].map((weightDecay) => ({ hiddenUnits, optimizer, averaging, weightDecay })),
        ),
      ),
    )
    for (const shape of shapes) {
      const spec = completeSpec({ ...shape, engine: 'layers', activation: 'tanh', examples: 20, batchSize: 3 })
      const network = new LayersNetwork(tf, spec, initialLayers(spec, 1), splitOf(spec))
      const step = (start: number, rate: number) => {
        network.step(start, 2, rate, 3)
        if (spec.averaging === 'ema') network.average(start === 0 ? 1 : 0.01)
      }
      network.arrange(rows)
      step(0, 0.01)
      const calls = {
        // With another learning rate: what momentum holds is scaled then.
        step: await callsOf(() => step(3, 0.02)),
        evaluation: await callsOf(() => {
          network.evaluate()
          network.arrange(rows)
        }),
      }
      network.dispose()
      for (const [name, counted, estimated] of [
        ['step', calls.step, stepCalls(spec)],
        ['evaluation', calls.evaluation, evaluationCalls(spec)],
      ] as const) {
        expect([shape, name, counted / estimated > 0.8]).toEqual([shape, name, true])
        expect([shape, name, counted <= estimated + 2]).toEqual([shape, name, true])
      }
    }
  })

  it.each<PartialSpec>([
    { hiddenUnits: 'none', classes: 10, examples: 5000, trainFraction: 0.9, batchSize: 'full', epochs: 20 },
    { hiddenUnits: 'none', classes: 2, examples: 5000, trainFraction: 0.1, batchSize: 'full', epochs: 40 },
    { hiddenUnits: '128', activation: 'tanh', examples: 5000, trainFraction: 0.9, batchSize: 'full', epochs: 5 },
    {
      hiddenUnits: '128-128-128',
      activation: 'tanh',
      examples: 2000,
      trainFraction: 0.9,
      batchSize: 'full',
      epochs: 2,
    },
    { hiddenUnits: '128-128-128', optimizer: 'adam', averaging: 'ema', examples: 200, batchSize: 1, epochs: 1 },
  ])('takes no more than three times the CPU time of its estimate, also on a busy machine: %o', (given) => {
    const spec = completeSpec({ ...given, engine: 'layers', learningRate: 0.0001 })
    const estimate = (estimateOperations(spec) * 0.04) / 1e9
    let fastest = Infinity
    for (let turn = 0; turn < 4; turn++) {
      const before = process.threadCpuUsage()
      trainAll(given)
      const { user, system } = process.threadCpuUsage(before)
      fastest = Math.min(fastest, (user + system) / 1e6)
    }
    expect(fastest).toBeLessThan(3 * estimate)
  })

  it('gives the same numbers again, and each run those it has alone', () => {
    const both = trainAll({ epochs: 3, seeds: 2, seed: 5 }).numbers
    expect(trainAll({ epochs: 3, seeds: 2, seed: 5 }).numbers).toEqual(both)
    expect(trainAll({ epochs: 3, seed: 6 }).numbers).toEqual(both.subarray(6 * 3))
  })

  it('yields its progress in slices: run, seed, epoch and the latest metrics', () => {
    const { progress } = trainAll({ batchSize: 8, epochs: 2, seeds: 2, seed: 9 })
    expect(progress.length).toBeGreaterThan(4)
    expect(progress[0]).toEqual({ run: 0, seed: 9, epoch: 0, metrics: null })
    expect(progress.at(-1)).toMatchObject({ run: 1, seed: 10, epoch: 1 })
    expect(progress.at(-1)!.metrics!.testAccuracy).toBeGreaterThan(0.3)
  })

  it('marks a run that diverged, and goes on with the next', () => {
    const spec = completeSpec({ learningRate: 10, momentum: 0.999, epochs: 6, seeds: 2, engine: 'layers' })
    const { numbers } = trainAll(spec)
    for (const run of [0, 1]) {
      const losses = [...column(numbers, spec, run, 'testLoss')]
      const end = losses.findIndex(Number.isNaN)
      expect(end).toBeGreaterThanOrEqual(0)
      expect(losses.slice(end).every(Number.isNaN)).toBe(true)
    }
  })
})

describe('nothing of a training is left in TensorFlow.js', () => {
  // `afterEach` compares what it holds.
  it('when it was stopped half way', () => {
    const training = trainNumbers(completeSpec({ batchSize: 1, engine: 'layers' }))
    for (let slice = 0; slice < 5; slice++) expect(training.next().done).toBe(false)
    expect(held().numTensors).toBeGreaterThan(idle.numTensors)
    training.return(undefined as never)
  })

  it('when it failed half way', () => {
    const training = trainNumbers(completeSpec({ batchSize: 1, engine: 'layers' }))
    training.next()
    const failing = vi.spyOn(tf.Optimizer.prototype, 'computeGradients').mockImplementation((loss) => {
      loss()
      throw new Error('out of memory')
    })
    expect(() => training.next()).toThrow('out of memory')
    failing.mockRestore()
  })

  it('when two of them took turns, and their numbers are those of each alone', () => {
    const alone = [trainAll({ batchSize: 4, epochs: 2 }).numbers, trainAll({ batchSize: 2, epochs: 2 }).numbers]
    const together = [
      trainNumbers(completeSpec({ batchSize: 4, epochs: 2, engine: 'layers' })),
      trainNumbers(completeSpec({ batchSize: 2, epochs: 2, engine: 'layers' })),
    ]
    const ended = together.map((): Numbers | undefined => undefined)
    while (ended.includes(undefined))
      together.forEach((training, index) => {
        if (ended[index]) return
        const slice = training.next()
        if (slice.done) ended[index] = slice.value
      })
    expect(ended).toEqual(alone)
  })
})

describe('over 10 seeds', () => {
  it.each(['batch-gradient-descent', 'mini-batch-gradient-descent'] as const)(
    '%s lands in the reference distribution',
    (slug) => {
      const reference = distributions.presets[slug]
      const spec = { ...presets.find((preset) => preset.slug === slug)!.spec, seeds: 10 }
      const { numbers } = trainAll(spec)
      const finals = (metric: 'trainAccuracy' | 'testAccuracy') =>
        Array.from({ length: 10 }, (_, run) => column(numbers, spec, run, metric).at(-1)!)
      expect(standardErrors(finals('trainAccuracy'), reference.finalTrainAccuracy)).toBeLessThan(4)
      expect(standardErrors(finals('testAccuracy'), reference.finalTestAccuracy)).toBeLessThan(4)
      // With 10 seeds a ratio of the standard deviations outside these has a probability of about 1 %.
      for (const [sample, of] of [
        [finals('trainAccuracy'), reference.finalTrainAccuracy],
        [finals('testAccuracy'), reference.finalTestAccuracy],
      ] as const) {
        expect(deviationRatio(sample, of)).toBeGreaterThan(0.4)
        expect(deviationRatio(sample, of)).toBeLessThan(1.9)
      }
    },
    240_000,
  )
})
