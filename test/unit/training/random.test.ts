import { describe, expect, it } from 'vitest'

import { completeSpec } from '#experiment/spec/spec.ts'
import { initialLayers } from '#training/initializers.ts'
import { Random } from '#training/random.ts'
import { RowOrder } from '#training/shuffle.ts'

describe('the random numbers of a seed', () => {
  it('are PCG32’s, seeded by SplitMix64', () => {
    // From an independent implementation of both papers in Python.
    const first = (seed: number, stream: 'weights' | 'order') => {
      const random = new Random(seed, stream)
      return [random.next(), random.next(), random.next()]
    }
    expect(first(1, 'weights')).toEqual([0xb92b8ed0, 0x5ae1e848, 0x91d74356])
    expect(first(1, 'order')).toEqual([0xe95a409d, 0x4b7334fe, 0x7caa630b])
    expect(first(0, 'weights')).toEqual([0x90644221, 0x4618e85f, 0x8f5bd9cd])
  })

  it('are uniform in [0, 1) and below a bound', () => {
    const random = new Random(3, 'order')
    const units = Array.from({ length: 10_000 }, () => random.unit())
    expect(Math.min(...units)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...units)).toBeLessThan(1)
    expect(units.reduce((sum, unit) => sum + unit, 0) / units.length).toBeCloseTo(0.5, 1)
    const counts = Array.from({ length: 5 }, () => 0)
    for (let i = 0; i < 10_000; i++) counts[random.below(5)]!++
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
  })
})

describe('the weights a run starts from', () => {
  it('fill their limits evenly, and biases are 0', () => {
    const [hidden, output] = initialLayers(completeSpec({ hiddenUnits: '128' }), 1)
    const largest = (values: Float32Array) => Math.max(...values.map(Math.abs))
    expect(largest(hidden!.weights)).toBeLessThanOrEqual(Math.sqrt(6 / 2))
    expect(largest(hidden!.weights)).toBeGreaterThan(Math.sqrt(6 / 2) * 0.95)
    expect(largest(output!.weights)).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / (128 + 3))))
    expect(largest(output!.weights)).toBeGreaterThan(Math.sqrt(6 / (128 + 3)) * 0.95)
    expect([...hidden!.biases, ...output!.biases].every((bias) => bias === 0)).toBe(true)
  })

  it('are the same for experiments that differ in other fields', () => {
    const layers = initialLayers(completeSpec({}), 5)
    expect(initialLayers(completeSpec({ batchSize: 1, learningRate: 0.5, epochs: 3 }), 5)).toEqual(layers)
    expect(initialLayers(completeSpec({}), 6)).not.toEqual(layers)
  })

  it('have Glorot’s limits everywhere when asked', () => {
    const [hidden] = initialLayers(completeSpec({ initializer: 'glorotUniform' }), 1)
    expect(Math.max(...hidden!.weights.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 52))
  })
})

describe('the order of the rows', () => {
  it('is a permutation that goes on from the last epoch’s', () => {
    const order = new RowOrder(100, 1)
    const epochs = Array.from({ length: 3 }, () => {
      order.shuffle()
      return [...order.rows]
    })
    for (const rows of epochs) expect(rows.toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 100 }).keys()])
    expect(epochs[1]).not.toEqual(epochs[0])
    const again = new RowOrder(100, 1)
    again.shuffle()
    expect([...again.rows]).toEqual(epochs[0])
  })
})
