import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { splitOf } from '#datasets/split.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, updatesAfter } from '#experiment/spec/training-size.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { Recording } from '#training/fused/recording.ts'

import { smallSpec } from '../../../support/small-spec.ts'
import { trainAll } from '../../../support/train-all.ts'

/** A run that goes on to its end, `steps` at most at a time. */
function recorded(spec: ExperimentSpec, steps = 1e9, between?: (recording: Recording) => void): Recording {
  const recording = new Recording(spec, splitOf(spec))
  while (!recording.advance(steps)) between?.(recording)
  return recording
}

/** The parameters after so many steps, trained from the start. */
function parametersAfter(spec: ExperimentSpec, steps: number): Float32Array {
  const network = new FusedNetwork(spec, splitOf(spec))
  network.begin(spec.seed)
  network.advance(steps)
  const parameters = network.flatParameters
  network.dispose()
  return parameters
}

const bits = (values: Float32Array | null) => values && Buffer.from(values.buffer).toString('hex')
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('a recorded run', () => {
  it('has the parameters of every moment, bit for bit as they were', () => {
    fc.assert(
      fc.property(smallSpec, fc.integer({ min: 1, max: 60 }), share, (spec, longer, when) => {
        // Long enough for several snapshots, and short enough for the start of it to be visited too.
        const long = { ...spec, epochs: spec.epochs * longer }
        const recording = recorded(long, 7)
        const steps = Math.floor(when * updatesAfter(long, recording.epochs))
        const epoch = Math.floor(epochsAfter(long, steps))
        const moment = { epoch, step: steps - updatesAfter(long, epoch) }
        const visited = recording.visit(moment, (network) => network.flatParameters)
        recording.dispose()
        expect(bits(visited)).toBe(bits(parametersAfter(long, steps)))
      }),
    )
  }, 60_000)

  it('goes on after a visit as if there had been none', () => {
    fc.assert(
      fc.property(smallSpec, fc.integer({ min: 1, max: 9 }), share, (spec, steps, when) => {
        const numbers = emptyNumbers(spec)
        const recording = recorded(spec, steps, (half) => {
          half.visit({ epoch: Math.floor(when * half.epochs) }, (network) => network.advance(3))
        })
        recording.copyHistory(numbers, 0)
        recording.dispose()
        expect(bits(numbers)).toBe(bits(trainAll(spec).numbers))
      }),
    )
  }, 60_000)

  it('of a large network keeps its snapshots within 8 MiB, and still has every epoch', () => {
    const spec = completeSpec({ hiddenUnits: '128-128-128', examples: 10, epochs: 300 })
    const before = process.memoryUsage().arrayBuffers
    const recording = recorded(spec)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(9 * 2 ** 20)
    for (const epoch of [0, 1, 149, 299, 300]) {
      const visited = recording.visit({ epoch }, (network) => network.flatParameters)
      expect(bits(visited)).toBe(bits(parametersAfter(spec, epoch)))
    }
    recording.dispose()
  }, 60_000)

  it('has nothing of moments that did not come, or that came after it diverged', () => {
    const spec = completeSpec({ learningRate: 10, momentum: 0.999, batchSize: 32, epochs: 40 })
    const recording = new Recording(spec, splitOf(spec))
    recording.advance(20)
    const epochAt = (epoch: number, step = 0) => recording.visit({ epoch, step }, (network) => network.epochs)
    expect([epochAt(1), epochAt(0, 15), epochAt(0, 16), epochAt(1, 4), epochAt(1, 5)]).toEqual([1, 0, 1, 1, null])
    expect(recording.hasPassed({ epoch: 2 })).toBe(false)
    while (!recording.advance(1e9));
    const last = recording.epochs
    expect(last).toBeLessThan(40)
    expect([epochAt(last), epochAt(last + 1), epochAt(40)]).toEqual([last, null, null])
    expect(recording.hasPassed({ epoch: 40 })).toBe(true)
    recording.dispose()
  })

  it.each([
    [{ epoch: -1 }, 'epoch: expected a whole number from 0 to 200, got -1'],
    [{ epoch: 201 }, 'epoch: expected a whole number from 0 to 200, got 201'],
    [{ epoch: 1.5 }, 'epoch: expected a whole number from 0 to 200, got 1.5'],
    [{ epoch: 0, step: NaN }, 'step: expected a whole number from 0 to 16, got NaN'],
    [{ epoch: 199, step: 17 }, 'step: expected a whole number from 0 to 16, got 17'],
    [{ epoch: 200, step: 1 }, 'step: expected a whole number from 0 to 0, got 1'],
  ])('names what is wrong with the moment %j', (moment, message) => {
    const recording = new Recording(completeSpec({}), splitOf(completeSpec({})))
    expect(() => recording.visit(moment, () => 0)).toThrow(message)
    recording.dispose()
  })
})
