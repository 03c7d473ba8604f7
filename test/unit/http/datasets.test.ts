/** What the API says of datasets that are tables, and of fields of the data that do not go together. */
import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import type { LabeledInputs } from '#experiment/result/labeled-points.ts'
import { datasetNames, datasets, isTable } from '#methods/datasets.ts'

import goldens from '../../golden/tables.json'
import { startApp } from '../../support/app.ts'

interface Problem {
  errors: { field: string; value: string; expected: string }[]
}

const app = startApp()
const datasetOf = async (query: string) => {
  const response = await app.get(`/api/dataset?${query}`)
  expect(response.status).toBe(200)
  return response.json<LabeledInputs>()
}
const refusalOf = async (address: string) => {
  const response = await app.get(address)
  const { errors } = await response.json<Problem>()
  return [response.status, ...errors.map(({ field, value, expected }) => `${field}=${value}: ${expected}`)].join(' ')
}
const tables = datasetNames.filter(isTable)

describe('/api/dataset', () => {
  it.each(tables)('gives raw and scaled values of %s with their names', async (name) => {
    const { points, labels, trainExamples, featureNames, classNames, inputNames, inputs } = await datasetOf(
      `dataset=${name}`,
    )
    const { examples, features, classes } = datasets[name]
    expect([points.length, labels.length, inputs.length, trainExamples]).toEqual([
      examples,
      examples,
      examples,
      goldens.tables[name].train,
    ])
    expect([points[0]!.length, featureNames.length, classNames.length]).toEqual([features, features, classes])
    expect(inputNames).toEqual(featureNames)
    // The inputs are read as the very float32 numbers that the network gets.
    const bytes = Float32Array.from(inputs.flat())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(goldens.tables[name].scaled)
    expect(classNames).toEqual(goldens.tables[name].classes)
  })

  it('gives the features that were chosen of points in the plane', async () => {
    const { points, inputNames, inputs, featureNames } = await datasetOf('dataset=circles&features=x-y2&examples=20')
    expect([featureNames, inputNames]).toEqual([
      ['x', 'y'],
      ['x', 'y2'],
    ])
    points.forEach(([x, y], row) => expect(inputs[row]!.map(Math.fround)).toEqual([x, y * y].map(Math.fround)))
    // They are as short as a float32 can be written.
    expect(Math.max(...inputs.flat().map((value) => String(value).length))).toBeLessThan(16)
  })

  it('names the examples whose label is wrong', async () => {
    const clean = await datasetOf('examples=60')
    const noisy = await datasetOf('examples=60&labelNoise=0.5')
    expect(clean.mislabeled).toBeUndefined()
    const changed = noisy.labels.flatMap((label, row) => (label === clean.labels[row] ? [] : [row]))
    expect(changed.length).toBeGreaterThan(5)
    expect(noisy.mislabeled).toEqual(changed)
  })
})

describe('what only points in the plane have', () => {
  it.each(['/api/boundary', '/charts/decision-boundary.svg'])('%s refuses a table with where to look', async (path) => {
    expect(await refusalOf(`${path}?dataset=penguins`)).toMatch(
      /^422 dataset=penguins: one with two features, blobs, moons, circles and spirals, .* penguins has 4 \(see \/charts\/scatter\.svg/,
    )
  })
})

describe('/api/generalization', () => {
  it('refuses a table, and offers a sweep over splits that can be asked for', async () => {
    const refusal = await refusalOf('/api/generalization?dataset=weather&batchSize=4&epochs=5')
    expect(refusal).toMatch(/^422 dataset=weather: blobs, moons, circles and spirals: there is no law to draw/)
    const [, address] = /(\/api\/sweep\?\S+)\)/.exec(refusal)!
    expect(address).toBe('/api/sweep?batchSize=4&dataset=weather&datasetSeed=0,1,2,3,4&epochs=5')
  })
})

it('own data is trained in the browser only', async () => {
  expect(await refusalOf('/api/experiments?dataset=own')).toMatch(
    /^422 dataset=own: .*own data never leaves the browser, which alone trains on it$/,
  )
})
