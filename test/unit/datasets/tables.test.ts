import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { encodeTable } from '#datasets/bundled/encode-table.ts'
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { decodeTable } from '#datasets/table-file.ts'
import { tableOf } from '#datasets/table.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { datasetNames, datasets, isTable } from '#methods/datasets.ts'

import goldens from '../../golden/tables.json'

const sha256 = (bytes: Float64Array | Float32Array | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const csvOf = (name: string) => readFileSync(`site/public/data/${name}.csv`, 'utf8')
/** The bits of float64 values, to compare in units in the last place. */
const bitsOf = (values: ArrayLike<number>) => Array.from(new BigInt64Array(Float64Array.from(values).buffer))

const names = datasetNames.filter(isTable)

describe.each(names)('the table %s', (name) => {
  const golden = goldens.tables[name]
  const table = tableOf(name)
  const lines = csvOf(name)
    .trim()
    .split('\n')
    .map((line) => line.split(','))

  it('holds exactly the numbers and classes of its CSV, under their names', () => {
    expect(table.featureNames).toEqual(lines[0]!.slice(0, -1))
    expect(table.classNames).toEqual(golden.classes)
    expect([...table.coordinates]).toEqual(lines.slice(1).flatMap((row) => row.slice(0, -1).map(Number)))
    expect(Array.from(table.labels, (label) => table.classNames[label])).toEqual(
      lines.slice(1).map((row) => row.at(-1)),
    )
    expect(sha256(table.coordinates)).toBe(golden.values)
  })

  it('is as large as its limits say', () => {
    const { features, classes, examples } = datasets[name]
    expect([examples, features, classes]).toEqual([
      table.labels.length,
      table.featureNames.length,
      table.classNames.length,
    ])
    expect(table.coordinates).toHaveLength(examples * features)
  })

  it('has a file that `npm run build:tables` has written', () => {
    const file = readFileSync(`worker/datasets/bundled/${name}.bin`)
    expect(file.equals(encodeTable(csvOf(name)))).toBe(true)
  })

  it('is shuffled, scaled and mislabeled as by scikit-learn and NumPy', () => {
    const dataset = makeDataset(completeSpec({ dataset: name }))
    const width = dataset.featureNames.length
    expect(dataset.trainExamples).toBe(golden.train)
    golden.order.forEach((row, index) =>
      expect(dataset.coordinates.slice(width * index, width * (index + 1))).toEqual(
        table.coordinates.slice(width * row, width * (row + 1)),
      ),
    )
    expect(sha256(dataset.labels)).toBe(golden.labels)
    expect(dataset.labels.slice(0, 24)).toEqual(Uint8Array.from(golden.firstLabels))
    const { means, deviations } = dataset.moments!
    expect([...means]).toEqual(golden.means)
    // A constant feature is only centered: its deviation counts as 1.
    expect([...deviations]).toEqual(golden.deviations.map((deviation) => deviation || 1))
    const { train, test } = splitDataset(dataset)
    expect(sha256(Float32Array.of(...train.inputs, ...test.inputs))).toBe(golden.scaled)
    expect([...train.inputs.subarray(0, width)]).toEqual(golden.firstScaled.map(Math.fround))

    const noisy = makeDataset(completeSpec({ dataset: name, labelNoise: 0.2 }))
    expect([...noisy.mislabeled!].slice(0, 24)).toEqual(golden.mislabeled)
    expect(sha256(noisy.labels)).toBe(golden.noisyLabels)
    // Training rows only, each of another class.
    const changed = Array.from(noisy.labels.keys()).filter((row) => noisy.labels[row] !== dataset.labels[row])
    expect(changed).toEqual([...noisy.mislabeled!])
    expect(changed.every((row) => row < golden.train)).toBe(true)
  })

  it('gives the first of its shuffled rows where fewer are asked for', () => {
    const all = makeDataset(completeSpec({ dataset: name }))
    const some = makeDataset(completeSpec({ dataset: name, examples: 40, trainFraction: 0.75 }))
    expect(some.coordinates).toEqual(all.coordinates.slice(0, 40 * all.featureNames.length))
    expect([some.labels.length, some.trainExamples]).toEqual([40, 30])
  })
})

it('the files are small: digits at most 37 kB as brotli, all four at most 75 kB', () => {
  const sizes = names.map((name) => brotliCompressSync(readFileSync(`worker/datasets/bundled/${name}.bin`)).length)
  expect(sizes[names.indexOf('digits')]).toBeLessThanOrEqual(37_000)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(75_000)
})

describe('a file of a table', () => {
  it('keeps every decimal as the float64 that is closest to it', () => {
    const csv = 'a,b,kind\n-0.1,1000000.25,z\n0.3,0,a\n1e-3,7,z\n'
    const { coordinates, labels, classNames, featureNames } = decodeTable(encodeTable(csv).buffer)
    expect([...coordinates]).toEqual([-0.1, 1000000.25, 0.3, 0, 0.001, 7])
    expect([[...labels], classNames, featureNames]).toEqual([
      [1, 0, 1],
      ['a', 'z'],
      ['a', 'b'],
    ])
  })

  it('is refused where a value is no number or has too many digits', () => {
    expect(() => encodeTable('a,kind\nx,z\n')).toThrow(RangeError)
    expect(() => encodeTable('a,kind\n0.12345678901234567891,z\n12345678901,z\n')).toThrow(RangeError)
  })
})

it('the scaled features of blobs are those of NumPy, and so are the features made of them', () => {
  const { means, deviations, scaled, features } = goldens.scaledBlobs
  const spec = completeSpec({ scaling: 'standard' })
  const dataset = makeDataset(spec)
  const ulps = (mine: ArrayLike<number>, theirs: readonly number[]) =>
    bitsOf(mine).map((bits, index) => Math.abs(Number(bits - bitsOf(theirs)[index]!)))
  expect(Math.max(...ulps(dataset.moments!.means, means))).toBeLessThanOrEqual(1)
  expect(Math.max(...ulps(dataset.moments!.deviations, deviations))).toBeLessThanOrEqual(1)
  const { train, test } = splitDataset(dataset)
  expect(sha256(Float32Array.of(...train.inputs, ...test.inputs))).toBe(scaled)
  const chosen = splitDataset(makeDataset(completeSpec({ scaling: 'standard', features: 'x-y-x2-y2-xy-sinx-siny' })))
  expect(chosen.train.features).toBe(7)
  const inputs = Float32Array.of(...chosen.train.inputs, ...chosen.test.inputs)
  features.forEach((row, index) =>
    row.forEach((value, feature) =>
      expect(Math.abs(inputs[7 * 100 * index + feature]! - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -23),
    ),
  )
})
