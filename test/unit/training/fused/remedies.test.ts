import { describe, expect, it } from 'vitest'

import { splitOf } from '#datasets/split.ts'
import { column, metrics, type Metric } from '#experiment/result/numbers.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { updatesAfter } from '#experiment/spec/training-size.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { RowOrder } from '#training/shuffle.ts'

import { trainAll } from '../../../support/train-all.ts'

/** One metric of the first run, epoch by epoch, as bits. */
function bitsOf(given: PartialSpec, metric: Metric): number[] {
  const { spec, numbers } = { spec: completeSpec(given), ...trainAll(given) }
  return Array.from(new Uint32Array(column(numbers, spec, 0, metric).slice().buffer))
}

/** Epochs that two experiments have in common, bit by bit, from the first on. */
function commonEpochs(one: PartialSpec, other: PartialSpec): number {
  const differ = metrics.map((metric) => {
    const [a, b] = [bitsOf(one, metric), bitsOf(other, metric)]
    const first = a.findIndex((bits, epoch) => bits !== b[epoch])
    return first < 0 ? a.length : first
  })
  return Math.min(...differ)
}

describe.each([1, 4, 32, 450, 'full'] as const)('from batch size %s on', (batchSize) => {
  const base = { batchSize, epochs: 40 } as const

  it('a change of the batch size leaves all before it as it was, bit by bit', () => {
    for (const next of [batchSize === 4 ? 8 : 4, batchSize === 'full' ? 100 : ('full' as const)])
      expect(commonEpochs(base, { ...base, batchSizeSchedule: `20:${next}` })).toBe(20)
  })

  it('the rows come in the order that they always have, whatever the batch was before', () => {
    expect.assertions(3)
    const order = new RowOrder(500, 1)
    for (let epoch = 0; epoch <= 25; epoch++) order.shuffle()
    // The same batch before is no change.
    for (const before of [2, 7, batchSize === 'full' ? 450 : 'full'] as const) {
      const spec = completeSpec({ epochs: 40, batchSize: before, batchSizeSchedule: `20:${batchSize}` })
      const network = new FusedNetwork(spec, splitOf(spec))
      network.begin(1)
      network.advance(updatesAfter(spec, 25) + 1)
      expect(network.order).toEqual(order.rows)
      network.dispose()
    }
  })

  it('a change of the learning rate does', () => {
    expect(commonEpochs(base, { ...base, learningRateSchedule: '20:0.001' })).toBe(20)
  })

  it('averaging changes nothing of what trains', () => {
    for (const averaging of ['ema', 'swa'] as const)
      expect(bitsOf({ ...base, averaging }, 'runningLoss')).toEqual(bitsOf(base, 'runningLoss'))
  })

  it('swa is the training itself up to the last quarter, and its first average are the parameters', () => {
    expect(commonEpochs(base, { ...base, averaging: 'swa' })).toBe(31)
  })

  it('a warmup that is over within an update changes nothing but it', () => {
    const one = { ...base, warmup: 1 }
    expect(commonEpochs(base, one)).toBe(batchSize === 'full' ? 40 : 0)
  })
})

describe('an average', () => {
  it('of epochs is steadier than what it is an average of', () => {
    const spread = (given: PartialSpec) => {
      const spec = completeSpec(given)
      const last = column(trainAll(given).numbers, spec, 0, 'testAccuracy').slice(-20)
      return Math.max(...last) - Math.min(...last)
    }
    expect(spread({ batchSize: 4, averaging: 'swa' })).toBeLessThan(0.3 * spread({ batchSize: 4 }))
    expect(spread({ batchSize: 4, averaging: 'ema' })).toBeLessThan(0.6 * spread({ batchSize: 4 }))
  })
})
