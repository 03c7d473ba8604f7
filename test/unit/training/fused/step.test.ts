import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { splitOf, type Split } from '#datasets/split.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, phaseAt, updates, updatesAfter } from '#experiment/spec/training-size.ts'
import { pickRows, plainDescent } from '#training/fused/gradients.ts'
import { Recording } from '#training/fused/recording.ts'
import { takeStep, type Step } from '#training/fused/step.ts'
import type { Layer } from '#training/initializers.ts'
import type { Moment } from '#training/moment.ts'
import { RowOrder } from '#training/shuffle.ts'

import { ReferenceNetwork } from '../../../support/reference-network.ts'
import { smallSpec } from '../../../support/small-spec.ts'

/** The step that follows on some others, with the parameters before the last of those where there is one. */
function stepAt(spec: ExperimentSpec, steps: number): { step: Step; layers: Layer[]; layersAfter: Layer[] } {
  const recording = new Recording(spec, splitOf(spec))
  while (!recording.advance(1e9));
  const moment = momentOf(spec, steps)
  const taken = recording.visit(moment, (network) => ({
    layers: network.parameters,
    step: takeStep(spec, splitOf(spec), network, moment.step)!,
    layersAfter: network.parameters,
  }))
  recording.dispose()
  return taken!
}

/** The moment of a run after so many steps. */
function momentOf(spec: ExperimentSpec, steps: number): Required<Moment> {
  const epoch = Math.floor(epochsAfter(spec, steps))
  return { epoch, step: steps - updatesAfter(spec, epoch) }
}

/** The mean gradient of some training rows in float64: a step of the reference is its negative. */
function referenceGradient(spec: ExperimentSpec, layers: Layer[], split: Split, rows: Uint32Array): number[] {
  const reference = new ReferenceNetwork({ ...spec, ...plainDescent }, layers, split)
  const flat = () => reference.parameters().flatMap((values) => [...values])
  const before = flat()
  reference.arrange(rows)
  reference.step(0, rows.length, 1)
  return flat().map((after, index) => before[index]! - after)
}

/** The gradient of each example [W]. */
function gradientsOf({ exampleGradients, before }: Step): Float32Array[] {
  return Array.from({ length: exampleGradients.length / before.length }, (_, row) =>
    exampleGradients.subarray(row * before.length, (row + 1) * before.length),
  )
}

/**
 * The largest distance of two vectors' values, as a share of the second's largest value, or of 0.1: where an example is
 * all but learned, float32 has little left of the difference between its probability and 1.
 */
function distance(some: ArrayLike<number>, expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs), 0.1)
  return Math.max(...expected.map((value, index) => Math.abs(some[index]! - value))) / largest
}

const specAndSteps = smallSpec.chain((spec) =>
  fc.record({
    spec: fc.constant(spec),
    steps: fc.integer({ min: 0, max: updates(spec) - 1 }),
  }),
)

describe('a step in slow motion', () => {
  it('has the gradients of the float64 reference: of each example, of the batch, of all rows', () => {
    fc.assert(
      fc.property(specAndSteps, ({ spec, steps }) => {
        const split = splitOf(spec)
        const { step, layers } = stepAt(spec, steps)
        const expected = (rows: Uint32Array) => referenceGradient(spec, layers, split, rows)
        expect(distance(step.batchGradient, expected(step.rows))).toBeLessThan(1e-4)
        expect(distance(step.fullGradient, expected(new RowOrder(split.train.count, 0).rows))).toBeLessThan(1e-4)
        expect(gradientsOf(step)).toHaveLength(step.rows.length)
        gradientsOf(step).forEach((gradient, index) =>
          expect(distance(gradient, expected(step.rows.slice(index, index + 1)))).toBeLessThan(1e-4),
        )
      }),
      { numRuns: 200, seed: 1 },
    )
  }, 60_000)

  it('has the losses of the float64 reference, before and after: of the batch, of all rows', () => {
    fc.assert(
      fc.property(specAndSteps, ({ spec, steps }) => {
        const split = splitOf(spec)
        const { step, layers, layersAfter } = stepAt(spec, steps)
        for (const [losses, parameters] of [
          [step.losses.before, layers],
          [step.losses.after, layersAfter],
        ] as const) {
          const batch = pickRows(split.train, step.rows)
          const reference = new ReferenceNetwork(spec, parameters, { train: batch, test: split.train }).evaluate()
          // Of one example that is predicted well, the loss is the logarithm of a float32 next to 1.
          const room = (loss: number) => 5e-4 * loss + 1e-6
          expect(Math.abs(losses.batch - reference.train.loss)).toBeLessThan(room(reference.train.loss))
          expect(Math.abs(losses.train - reference.test.loss)).toBeLessThan(room(reference.test.loss))
        }
      }),
      { numRuns: 100, seed: 2 },
    )
  }, 60_000)

  it('of a full batch has the same losses for the batch as for all rows', () => {
    const { losses } = stepAt(completeSpec({ batchSize: 'full' }), 3).step
    expect(losses.before.batch).toBeCloseTo(losses.before.train, 5)
    expect(losses.after.batch).toBeLessThan(losses.before.batch)
  })

  it('uses the rows that are next in the epoch’s order', () => {
    fc.assert(
      fc.property(specAndSteps, ({ spec, steps }) => {
        const { train } = splitOf(spec)
        const order = new RowOrder(train.count, spec.seed)
        const moment = momentOf(spec, steps)
        const { rows: size } = phaseAt(spec, moment.epoch)
        const isOrdered = !spec.shuffle || (spec.batchSize === 'full' && spec.batchSizeSchedule === 'constant')
        for (let epoch = 0; epoch <= moment.epoch; epoch++)
          if (spec.replacement) order.draw()
          else if (!isOrdered) order.shuffle()
        const start = moment.step * size
        expect(Array.from(stepAt(spec, steps).step.rows)).toEqual(Array.from(order.rows.slice(start, start + size)))
      }),
    )
  }, 60_000)

  it('ends where the next one begins, and moves by momentum and the batch’s gradient', () => {
    const spec = completeSpec({ epochs: 3 })
    for (const steps of [0, 15, 16, 30]) {
      const [one, next] = [stepAt(spec, steps).step, stepAt(spec, steps + 1).step]
      expect(next.before).toEqual(one.after)
      const change = (step: Step, index: number) => step.after[index]! - step.before[index]!
      next.batchGradient.forEach((gradient, index) =>
        expect(change(next, index)).toBeCloseTo(0.9 * change(one, index) - 0.01 * gradient, 6),
      )
    }
  })

  it('lies in a plane where the full gradient is at [1, 0] and the batch’s in the middle of its examples’', () => {
    const { step } = stepAt(completeSpec({ momentum: 0 }), 100)
    const { examples, batch, change } = step.plane
    const middle = (axis: 0 | 1) => examples.reduce((sum, place) => sum + place[axis], 0) / examples.length
    expect(batch[0]).toBeCloseTo(middle(0), 4)
    expect(batch[1]).toBeCloseTo(middle(1), 4)
    // Without momentum the step goes by a hundredth of the batch's gradient.
    expect(change[0]).toBeCloseTo(0.01 * batch[0], 3)
    expect(change[1]).toBeCloseTo(0.01 * batch[1], 3)
    // The first example points upwards, and they spread more than along any single parameter.
    expect(examples[0]![1]).toBeGreaterThan(0)
    const length = Math.hypot(...step.fullGradient)
    const spread = (values: number[]) => Math.hypot(...values)
    for (let index = 0; index < step.fullGradient.length; index++) {
      const along = step.fullGradient[index]! / length
      const beside = gradientsOf(step).map((gradient, row) => gradient[index]! / length - examples[row]![0] * along)
      expect(spread(examples.map((place) => place[1]))).toBeGreaterThanOrEqual(spread(beside) * 0.999)
    }
    const full = stepAt(completeSpec({ batchSize: 'full' }), 5).step.plane.batch
    expect(full[0]).toBeCloseTo(1, 5)
    expect(full[1]).toBeCloseTo(0, 4)
  })

  it('has the gradients of as many examples as a picture of a large network can hold', () => {
    const spec = completeSpec({ hiddenUnits: '128-128-128', batchSize: 'full', epochs: 1 })
    const { step } = stepAt(spec, 0)
    expect(step.rows).toHaveLength(500)
    expect(step.exampleGradients.length).toBeLessThanOrEqual(1e6)
    expect(gradientsOf(step).length).toBeGreaterThan(20)
  })

  it('is null after the last one', () => {
    const spec = completeSpec({ epochs: 2 })
    const recording = new Recording(spec, splitOf(spec))
    while (!recording.advance(1e9));
    expect(recording.visit({ epoch: 2 }, (network) => takeStep(spec, splitOf(spec), network, 0))).toBeNull()
    recording.dispose()
  })
})
