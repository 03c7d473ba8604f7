import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readSpec, specQuery } from '#experiment/permalink.ts'
import { readTyped } from '#instrument/typed.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const read = (query: string) => readTyped(new URLSearchParams(query))
const text = (field: string, typed: string) => read(String(new URLSearchParams({ [field]: typed }))).query.get(field)

describe('what people type', () => {
  it.each([
    ['batchSize', ' 32 ', '32'],
    ['batchSize', 'FULL', 'full'],
    ['examples', '1 000', '1000'],
    ['examples', '1\u202F000', '1000'],
    ['learningRate', '.01', '0.01'],
    ['learningRate', '0,01', '0.01'],
    ['learningRate', ',5', '0.5'],
    ['noise', '2.', '2'],
    ['learningRate', '1,5e-3', '1.5e-3'],
    ['hiddenUnits', '50, 20', '50-20'],
    ['hiddenUnits', '50 - 20', '50-20'],
    ['hiddenUnits', 'None', 'none'],
    ['activation', 'ReLU', 'relu'],
    ['initializer', 'glorotuniform', 'glorotUniform'],
    ['shuffle', 'False', 'false'],
  ])('as %s “%s” is read as %s', (field, typed, meant) => {
    expect(text(field, typed)).toBe(meant)
  })

  it.each([
    ['batchSize', '0,5'],
    ['examples', '1,000'],
    ['examples', '10 00'],
    ['learningRate', '0.1.2'],
    ['learningRate', '1,000.5'],
    ['learningRate', '-.5'],
    ['learningRate', '.'],
    ['hiddenUnits', '50--20'],
  ])('as %s “%s” has no one meaning, and stays', (field, typed) => {
    expect(text(field, typed)).toBe(typed)
    expect(() => readSpec([[field, text(field, typed)!]], {}, 'refuse')).toThrow(field)
  })

  it('is told where it was read in another spelling', () => {
    expect(read('learningRate=0%2C5&batchSize=+4&momentum=0.5').readings).toEqual([
      { field: 'learningRate', came: '0,5', as: '0.5' },
    ])
  })

  it('stays as it is where it is a permalink', () => {
    fc.assert(
      fc.property(fieldsAndSpec, ({ spec }) => {
        const { query, readings, strangers } = readTyped(specQuery(spec))
        expect(String(query)).toBe(String(specQuery(spec)))
        expect([...readings, ...strangers]).toEqual([])
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it.each([
    ['batchSiz', 'batchSize'],
    ['batchsize', 'batchSize'],
    ['batch_size', 'batchSize'],
    ['bacthSize', 'batchSize'],
    ['learning-rate', 'learningRate'],
    ['epoch s', 'epochs'],
    ['noize', 'noise'],
  ])('the key %s looks like %s', (key, meant) => {
    expect(read(String(new URLSearchParams({ [key]: '4' }))).strangers).toEqual([{ key, value: '4', meant }])
  })

  it('other keys are nobody’s business: those of links and of the view', () => {
    const keys = ['fbclid', 'gclid', 'utm_source', 'ref', 'epoch', 'pin', 'lock', 'metric', 'v', 'x'.repeat(5000)]
    expect(read(keys.map((key) => `${key}=1`).join('&')).strangers).toEqual([])
  })
})
