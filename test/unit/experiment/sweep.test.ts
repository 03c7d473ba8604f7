import { expect, it } from 'vitest'

import { InvalidQuery } from '#experiment/errors.ts'
import { whole } from '#experiment/fields.ts'
import { readSweep, variedFields } from '#experiment/sweep.ts'

const read = (query: string) => readSweep(new URLSearchParams(query), {}).specs

function refusal(query: string): InvalidQuery {
  try {
    read(query)
  } catch (error) {
    if (error instanceof InvalidQuery) return error
    throw error
  }
  throw new Error(`${query} was read`)
}

it('varies one or two fields by comma lists, the first slowest', () => {
  expect(read('batchSize=4,8&epochs=50').map(({ batchSize, epochs }) => [batchSize, epochs])).toEqual([
    [4, 50],
    [8, 50],
  ])
  expect(read('learningRate=0.1,0.01&batchSize=1,full').map((spec) => [spec.learningRate, spec.batchSize])).toEqual([
    [0.1, 1],
    [0.1, 'full'],
    [0.01, 1],
    [0.01, 'full'],
  ])
  expect(read('')).toHaveLength(1)
})

it('takes a field that comes again as a list, in any mixture with commas', () => {
  for (const query of ['batchSize=4&batchSize=8&batchSize=full', 'batchSize=4,8&seed=2&batchSize=full'])
    expect(read(query).map(({ batchSize }) => batchSize)).toEqual([4, 8, 'full'])
  expect(read('batchSize=4&learningRate=1E-2&batchSize=8&learningRate=0.1')).toEqual(
    read('batchSize=4,8&learningRate=0.01,0.1'),
  )
})

it('refuses a field that no spec has and that comes again', () => {
  const width = { width: whole('width', 1, 9) }
  expect(() => readSweep(new URLSearchParams('width=5&batchSize=4,8&width=6'), width)).toThrow(
    expect.objectContaining({ status: 400, errors: [{ field: 'width', value: '6', expected: 'to be given once' }] }),
  )
})

it('refuses three lists, more than 16 experiments, and more than one budget for all', () => {
  expect(refusal('batchSize=4,8&seed=1,2&epochs=50,60').status).toBe(400)
  expect(
    refusal(`batchSize=${Array.from({ length: 17 }, (_, index) => index + 1).join(',')}`).errors[0]!.expected,
  ).toContain('16')
  expect(refusal('batchSize=1,2,3,4&epochs=500&seeds=60').errors).toMatchObject([{ field: 'epochs' }])
})

it('names the field of a value that cannot be read', () => {
  expect(refusal('batchSize=4,many').errors).toMatchObject([{ field: 'batchSize', value: 'many' }])
  expect(refusal('batchSize=4&batchSize=many').errors).toMatchObject([{ field: 'batchSize', value: 'many' }])
  expect(refusal('batchSize=4&batchSize=').errors).toMatchObject([{ field: 'batchSize', value: '' }])
})

it('draws an experiment once, whatever its spellings', () => {
  const { specs, varied } = readSweep(new URLSearchParams('batchSize=500,full,4,4'), {})
  expect(specs.map(({ batchSize }) => batchSize)).toEqual(['full', 4])
  expect(varied).toEqual(['batchSize'])
  expect(readSweep(new URLSearchParams('batchSize=500,full'), {})).toMatchObject({ specs: [{}], varied: [] })
})

it('says what varies: what was asked, not what follows from it; the batch size first', () => {
  const varied = (query: string) => readSweep(new URLSearchParams(query), {}).varied
  expect(varied('dataset=blobs,moons,circles')).toEqual(['dataset'])
  expect(varied('learningRate=0.1,0.01&batchSize=1,full')).toEqual(['batchSize', 'learningRate'])
  expect(varied('seed=4')).toEqual([])
  expect(variedFields([{ batchSize: 4, seeds: 30 }, { batchSize: 8, seeds: 30 }, { seeds: 30 }])).toEqual(['batchSize'])
})
