import { describe, expect, it } from 'vitest'

import { freshPoints } from '#datasets/fresh-points.ts'
import { splitOf } from '#datasets/split.ts'
import { Generalization } from '#experiment/result/generalization.ts'
import { column } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { trainNumbers, trainGeneralization } from '#training/by-engine.ts'
import { initialLayers } from '#training/initializers.ts'
import { trainRun } from '#training/network.ts'
import { Slice } from '#training/progress.ts'

import { ReferenceNetwork } from '../../support/reference-network.ts'

function end<Value>(training: Generator<unknown, Value, void>): Value {
  for (;;) {
    const slice = training.next()
    if (slice.done) return slice.value
  }
}

const generalizationOf = (given: PartialSpec, pinned?: PartialSpec, freshExamples = 20_000) =>
  end(
    trainGeneralization({
      spec: completeSpec(given),
      freshExamples,
      ...(pinned ? { pinned: completeSpec(pinned) } : {}),
    }),
  )

/** How often the float64 reference is right on the fresh points, as the test half of a training on the same rows. */
function referenceAccuracy(spec: ExperimentSpec): number {
  const { coordinates, labels } = freshPoints(spec).next().value
  const fresh = { count: labels.length, features: 2, inputs: Float32Array.from(coordinates), labels }
  const split = splitOf(spec)
  const network = new ReferenceNetwork(spec, initialLayers(spec, spec.seed), split)
  end(trainRun(spec, split, network, new Float32Array(6 * spec.epochs), 0, new Slice()))
  const tried = new ReferenceNetwork(spec, layersOf(network), { train: fresh, test: fresh })
  return tried.evaluate().test.hits / labels.length
}

function layersOf(network: ReferenceNetwork) {
  const all = network.parameters().map((values) => Float32Array.from(values))
  return Array.from({ length: all.length / 2 }, (_, layer) => ({
    weights: all[2 * layer]!,
    biases: all[2 * layer + 1]!,
  }))
}

describe('the generalization of an experiment', () => {
  it.each([
    { epochs: 3 },
    { dataset: 'moons', epochs: 10, hiddenUnits: '8-4', activation: 'tanh' },
    { dataset: 'circles', epochs: 5 },
    { classes: 5, noise: 1, epochs: 4, batchSize: 'full' },
  ] as PartialSpec[])('is the reference’s on the same fresh points, but for a few at a boundary: %j', (given) => {
    const spec = completeSpec(given)
    const { runs } = generalizationOf(given)
    expect(Math.abs(runs[0]!.fresh!.accuracy - referenceAccuracy(spec))).toBeLessThan(5 / 20_000)
  })

  it('has the test accuracies of the result, run by run, each trained with its own seed', () => {
    const spec = completeSpec({ epochs: 5, seeds: 4, seed: 20, batchSize: 8 })
    const numbers = end(trainNumbers(spec))
    const { runs, summary, testExamples } = end(trainGeneralization({ spec, freshExamples: 20_000 }))
    expect(runs.map(({ seed, test }) => [seed, test!.accuracy])).toEqual(
      [0, 1, 2, 3].map((run) => [20 + run, Number(column(numbers, spec, run, 'testAccuracy').at(-1)!.toPrecision(6))]),
    )
    expect(testExamples).toBe(500)
    const mean = runs.reduce((sum, { fresh }) => sum + fresh!.accuracy, 0) / 4
    expect(summary.fresh.mean.value).toBeCloseTo(mean, 6)
    expect(summary.belowBest!.value).toBeCloseTo(generalizationOf({}).best!.fresh.accuracy - mean, 6)
  })

  it('has the best rule for blobs alone; the test half of the tutorial is a lucky one', () => {
    const { best, summary } = generalizationOf({})
    expect(best).toEqual({
      rule: 'nearest true center',
      fresh: { accuracy: 0.82215, standardError: 0.0027038804 },
      test: { accuracy: 0.84, standardError: 0.016395122 },
    })
    expect(summary.fresh.standardError).toBeLessThan(0.0029)
    expect(generalizationOf({ dataset: 'moons', epochs: 2 })).toMatchObject({
      best: null,
      summary: { belowBest: null },
    })
  })

  it('is null for a run that diverged, and goes on with the others', () => {
    const found = generalizationOf({ learningRate: 1, batchSize: 16, epochs: 60, seeds: 8 })
    const { diverged, runs } = found.summary
    expect([diverged > 0, diverged < runs]).toEqual([true, true])
    expect(found.runs.map((run) => run.fresh === null)).toEqual(found.runs.map((run) => run.diverged))
    const numbers = end(trainNumbers(completeSpec({ learningRate: 1, batchSize: 16, epochs: 60, seeds: 8 })))
    const shape = { seeds: 8, epochs: 60 }
    expect(found.runs.map((run) => run.diverged)).toEqual(
      found.runs.map((_, run) => Number.isNaN(column(numbers, shape, run, 'testAccuracy').at(-1)!)),
    )
    expect(
      Generalization.parse(generalizationOf({ learningRate: 10, momentum: 0.999, batchSize: 1, epochs: 40 })),
    ).toMatchObject({ runs: [{ diverged: true, fresh: null, test: null }], summary: { belowBest: { value: null } } })
  })

  it('tells 256 from the full batch on 200,000 fresh examples', () => {
    const { comparison } = generalizationOf({ batchSize: 256, seeds: 30 }, { batchSize: 'full', seeds: 30 }, 200_000)
    expect([comparison!.permalink, comparison!.pairs]).toEqual(['/playground?batchSize=full&seeds=30', 30])
    const { value, standardError } = comparison!.difference
    expect([value!.toFixed(4), standardError!.toFixed(4)]).toEqual(['0.0036', '0.0003'])
    // The mean over examples is that over pairs of runs, which differ more than the examples.
    expect(comparison!.runs.value).toBeCloseTo(value!, 6)
    expect(comparison!.runs.low).toBeGreaterThan(0)
    expect(value! - comparison!.runs.low!).toBeGreaterThan(4 * standardError!)
  }, 60_000)

  it('pairs runs by their seeds, and compares an experiment with itself as nothing', () => {
    const { comparison } = generalizationOf({ epochs: 3, seed: 2, seeds: 3 }, { epochs: 3, seed: 3, seeds: 3 })
    expect(comparison!.pairs).toBe(2)
    expect(comparison!.runs.value).toBe(0)
    expect(generalizationOf({ epochs: 3 }, { epochs: 3 }).comparison!.difference).toEqual({
      value: 0,
      standardError: 0,
    })
  })

  it('has the same first fresh examples, however many there are', () => {
    const few = generalizationOf({ epochs: 3 }, undefined, 20_000)
    const more = generalizationOf({ epochs: 3 }, undefined, 30_000)
    expect([few.freshExamples, more.freshExamples]).toEqual([20_000, 30_000])
    expect(Math.abs(few.runs[0]!.fresh!.accuracy - more.runs[0]!.fresh!.accuracy)).toBeLessThan(0.01)
  })

  it('is about the same by the layers engine', () => {
    const given: PartialSpec = { epochs: 2, batchSize: 'full', seeds: 2 }
    const [fused, layers] = [generalizationOf(given), generalizationOf({ ...given, engine: 'layers' })]
    layers.runs.forEach(({ fresh }, run) =>
      expect(Math.abs(fresh!.accuracy - fused.runs[run]!.fresh!.accuracy)).toBeLessThan(0.001),
    )
    expect(layers.best).toEqual(fused.best)
  })

  it('comes in slices that tell which run they are of, and is stopped between any two', () => {
    const seen = new Set<string>()
    const training = trainGeneralization({
      spec: completeSpec({ batchSize: 1, epochs: 400, seeds: 6, seed: 3 }),
      freshExamples: 20_000,
    })
    for (let step = training.next(); !step.done; step = training.next()) {
      seen.add(`${step.value.run} ${step.value.seed}`)
      if (step.value.run === 4) break
    }
    training.return({} as Generalization)
    expect(training.next().done).toBe(true)
    expect([...seen]).toEqual(['0 3', '1 4', '2 5', '3 6', '4 7'])
  })
})
