/** Own data in a spec: a digest names the table, pages read it, and the API has no such dataset. */
import { describe, expect, it } from 'vitest'

import { datasetKey } from '#datasets/dataset-key.ts'
import { makeDataset } from '#datasets/dataset.ts'
import { addOwnTable } from '#datasets/own/own.ts'
import { isAvailable } from '#experiment/spec/data-kind.ts'
import { digest } from '#experiment/spec/digest.ts'
import { inputCount } from '#experiment/spec/hidden-layers.ts'
import { permalink, readSpec, readSpecOfAnySize } from '#experiment/spec/permalink.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

const data = '0123456789abcdef'
const read = (query: string) => readSpecOfAnySize(new URLSearchParams(query), {}, 'refuse').spec
const rows = 30
const table = {
  coordinates: Float64Array.from({ length: rows * 3 }, (_, at) => at * at),
  labels: Uint8Array.from({ length: rows }, (_, row) => row % 3),
  featureNames: ['a', 'b', 'c'],
  classNames: ['x', 'y', 'z'],
}

describe('own data', () => {
  it('is refused by the API, with the reason', () => {
    for (const query of [`dataset=own&data=${data}`, 'dataset=own'])
      expect(() => readSpec(new URLSearchParams(query), {}, 'refuse')).toThrow(
        query.includes('data=')
          ? /data: expected one of|own data never leaves the browser/
          : /own data never leaves the browser/,
      )
  })

  it('is read by pages before the table is there, whatever the link sets', () => {
    const spec = read(`dataset=own&data=fedcba9876543210&batchSize=2000&classes=7&examples=4900`)
    expect(isAvailable(spec)).toBe(false)
    expect(spec).toMatchObject({
      dataset: 'own',
      data: 'fedcba9876543210',
      batchSize: 2000,
      scaling: 'standard',
      noise: 0,
    })
    expect(() => makeDataset(spec)).toThrow(/the table fedcba9876543210 has not been loaded/)
    expect(() => read('dataset=own&data=FEDC')).toThrow(/data: expected 16 hex digits/)
  })

  it('has the limits of its table once that is there, and one permalink', async () => {
    addOwnTable(data, table)
    const spec = read(`dataset=own&data=${data}`)
    expect(isAvailable(spec)).toBe(true)
    expect(spec).toMatchObject({ examples: rows, classes: 3, batchSize: 'full' })
    expect(inputCount(spec)).toBe(3)
    expect(permalink(spec)).toBe(`/playground?data=${data}&dataset=own`)
    expect(read(permalink(spec).split('?')[1]!)).toEqual(spec)
    expect(() => read(`dataset=own&data=${data}&examples=31`)).toThrow(
      /at most 30 with dataset=own, the rows of the table/,
    )
    expect(() => read(`dataset=own&data=${data}&features=x-y-x2`)).toThrow(/has 3 features of its own/)
    const other = { ...spec, data: 'fedcba9876543210' }
    expect(await digest(other)).not.toBe(await digest(spec))
    expect(datasetKey(other)).not.toBe(datasetKey(spec))
  })

  it('is shuffled and split as tables are', () => {
    addOwnTable(data, table)
    const made = makeDataset(completeSpec({ dataset: 'own', data }))
    expect(made.trainExamples).toBe(15)
    expect(made.labels.toSorted()).toEqual(table.labels.toSorted())
    expect(made.labels).not.toEqual(table.labels)
    // Each row keeps its label.
    made.labels.forEach((label, row) => expect(Math.round(Math.sqrt(made.coordinates[3 * row]!) / 3) % 3).toBe(label))
  })

  it('leaves no trace in a spec with another dataset', () => {
    expect(completeSpec({ dataset: 'moons', data })).toEqual(completeSpec({ dataset: 'moons' }))
  })
})
