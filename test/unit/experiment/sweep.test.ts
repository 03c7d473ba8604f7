import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { InvalidQuery } from '#experiment/spec/errors.ts'
import { wholeField } from '#experiment/spec/fields.ts'
import { mostExperiments } from '#experiment/spec/most-experiments.ts'
import { readSweep, variedFields } from '#experiment/spec/sweep.ts'
import { updates } from '#experiment/spec/training-size.ts'

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
  const width = { width: wholeField('width', 1, 9) }
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

it('takes as many experiments as its caller says', () => {
  const query = new URLSearchParams(`batchSize=1,2,3,4,5,6,7,8&learningRate=0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8&epochs=2`)
  expect(readSweep(query, {}, mostExperiments.ofMap).specs).toHaveLength(64)
  expect(() => readSweep(query, {}, 63)).toThrow('at most 63 experiments in all, not 64')
  expect(() => readSweep(query, {})).toThrow('at most 16 experiments in all, not 64')
})

describe('with equal updates', () => {
  const epochsOf = (query: string) =>
    read(`${query}&equal=updates`).map((spec) => [spec.batchSize, spec.epochs, updates(spec)])

  it('each experiment trains until it has made those of the one that makes the most, in whole epochs', () => {
    expect(epochsOf('batchSize=32,128,full&epochs=60')).toEqual([
      [32, 60, 960],
      [128, 240, 960],
      ['full', 960, 960],
    ])
    // 13 updates an epoch, 10 and 3: rounded up.
    expect(epochsOf('batchSize=40,50,200&epochs=7')).toEqual([
      [40, 7, 91],
      [50, 10, 100],
      [200, 31, 93],
    ])
  })

  it('whatever the order of the lists, and also where the rows differ', () => {
    expect(epochsOf('batchSize=full,128,32&epochs=60')).toEqual(
      epochsOf('batchSize=32,128,full&epochs=60').toReversed(),
    )
    expect(epochsOf('examples=100,1000&batchSize=10&epochs=5')).toEqual([
      [10, 50, 250],
      [10, 5, 250],
    ])
  })

  it('stays as it is where nothing makes more updates than another', () => {
    expect(read('learningRate=0.1,0.01&equal=updates')).toEqual(read('learningRate=0.1,0.01'))
    expect(read('equal=updates')).toEqual(read(''))
    expect(readSweep(new URLSearchParams('equal=updates'), {})).toMatchObject({ equal: 'updates', view: {} })
    expect(read('batchSize=4,8&equal=epochs')).toEqual(read('batchSize=4,8'))
  })

  it('is refused as a whole where one would need too many epochs, with what would do', () => {
    expect(refusal('batchSize=32,full&equal=updates')).toMatchObject({
      status: 422,
      errors: [
        {
          field: 'epochs',
          value: '200',
          expected:
            'at most 125 with equal=updates: 3200 updates with batchSize=full take 3200 epochs, and 2000 are the most',
        },
      ],
    })
    expect(epochsOf('batchSize=32,full&epochs=125').at(-1)).toEqual(['full', 2000, 2000])
    expect(refusal('batchSize=32,full&epochs=126&equal=updates').errors).toMatchObject([{ value: '126' }])
  })

  it('is refused where seeds × epochs would be too many, or the work, with what would do', () => {
    const { errors } = refusal('batchSize=32,full&epochs=100&seeds=70&equal=updates')
    expect(errors).toEqual([
      {
        field: 'epochs',
        value: '100',
        expected: 'at most 89 with equal=updates: at most 62 with epochs=1600: seeds × epochs is at most 100000',
      },
    ])
    expect(() => read('batchSize=32,full&epochs=89&seeds=70&equal=updates')).not.toThrow()
    const heavy = 'batchSize=1,2,3,4,5,6,7,8&epochs=150&seeds=30&equal=updates'
    const { expected } = refusal(heavy).errors[0]!
    const most = Number(
      /^at most (\d+) with equal=updates: together they are [\d.]+ times the budget$/.exec(expected)![1],
    )
    expect(() => read(heavy.replace('150', String(most)))).not.toThrow()
    expect(refusal(heavy.replace('150', String(most + 1))).status).toBe(422)
  })

  it('is refused where not even one epoch of the smallest batches would do, and with a list of epochs', () => {
    expect(refusal('batchSize=1,full&examples=5000&trainFraction=0.9&equal=updates&epochs=2').errors).toMatchObject([
      { field: 'equal', value: 'updates', expected: expect.stringMatching(/^epochs, since updates would be too many/) },
    ])
    expect(refusal('epochs=50,60&equal=updates').errors).toEqual([
      { field: 'epochs', value: '50,60', expected: 'one value with equal=updates, which sets the epochs of each' },
    ])
    expect(refusal('batchSize=4,8&equal=steps').errors).toEqual([
      { field: 'equal', value: 'steps', expected: 'one of epochs, updates' },
    ])
  })

  it('each makes enough updates, and would not in an epoch less', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 5, max: 500 }), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        (sizes, epochs) => {
          const asked = Math.max(...read(`batchSize=${sizes.join(',')}&epochs=${epochs}`).map(updates))
          for (const spec of read(`batchSize=${sizes.join(',')}&epochs=${epochs}&equal=updates`)) {
            expect(updates(spec)).toBeGreaterThanOrEqual(asked)
            expect(updates({ ...spec, epochs: spec.epochs - 1 })).toBeLessThan(asked)
          }
        },
      ),
      { numRuns: 60, seed: 5 },
    )
  })
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
