import { describe, expect, it } from 'vitest'

import { datasetOf, splitOf } from '#datasets/split.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

describe('the data of an experiment', () => {
  it('are made once for all experiments that train on them', () => {
    const spec = completeSpec({ examples: 50, datasetSeed: 77 })
    const split = splitOf(spec)
    expect(splitOf(completeSpec({ examples: 50, datasetSeed: 77, batchSize: 4, seed: 9, epochs: 3 }))).toBe(split)
    expect(datasetOf(spec)).toBe(datasetOf(spec))
    for (const other of [{ datasetSeed: 78 }, { examples: 51 }, { classes: 4 }, { noise: 1 }, { trainFraction: 0.4 }])
      expect(splitOf({ ...spec, ...other })).not.toBe(split)
  })

  it('are forgotten when many others came after them: an isolate’s memory is bounded', () => {
    const spec = completeSpec({ datasetSeed: 1000 })
    const first = splitOf(spec)
    // Some 27 kB each, of 4 MB.
    for (let datasetSeed = 1001; datasetSeed < 1010; datasetSeed++) splitOf({ ...spec, datasetSeed })
    expect(splitOf(spec)).toBe(first)
    for (let datasetSeed = 1010; datasetSeed < 1200; datasetSeed++) splitOf({ ...spec, datasetSeed })
    const again = splitOf(spec)
    expect(again).not.toBe(first)
    expect(again).toEqual(first)
  })

  it('are cut where the spec says: the first rows train, the rest test', () => {
    const spec = completeSpec({ examples: 50, trainFraction: 0.3 })
    const { train, test } = splitOf(spec)
    const { coordinates, labels } = datasetOf(spec)
    expect([train.count, train.inputs.length, train.labels.length]).toEqual([15, 30, 15])
    expect([test.count, test.inputs.length, test.labels.length]).toEqual([35, 70, 35])
    expect([...train.inputs, ...test.inputs]).toEqual([...coordinates].map(Math.fround))
    expect([...train.labels, ...test.labels]).toEqual([...labels])
  })
})
