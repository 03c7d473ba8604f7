import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { controlOf } from '#experiment/spec/controls.ts'
import { readSpec, specQuery } from '#experiment/spec/permalink.ts'
import { readText, readTyped } from '#playground-view/lenient-input.ts'

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
    ['batchSize', '８', '8'],
    ['batchSize', '٣٢', '32'],
    ['learningRate', '０．１', '0.1'],
    ['learningRate', '０，１', '0.1'],
    ['learningRate', '１e−３', '1e-3'],
    ['hiddenUnits', '５０ー２０', '50-20'],
    ['hiddenUnits', '50–20', '50-20'],
    ['batchSize', '4)', '4'],
    ['batchSize', '4.', '4'],
    ['batchSize', '4».', '4'],
    ['batchSizeSchedule', '10 to 64, 20 to full', '10:64-20:full'],
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
    ['epochs', '"><script>alert(1)</script>'],
    ['epochs', '"many".'],
  ])('as %s “%s” has no one meaning, and stays', (field, typed) => {
    expect(text(field, typed)).toBe(typed)
    expect(() => readSpec([[field, text(field, typed)!]], {}, 'refuse')).toThrow(field)
  })

  it('is told where it was read in another spelling', () => {
    expect(read('learningRate=0%2C5&batchSize=+4&momentum=0.5').normalized).toEqual([
      { field: 'learningRate', came: '0,5', as: '0.5' },
    ])
  })

  it('stays as it is where it is a permalink', () => {
    fc.assert(
      fc.property(fieldsAndSpec, ({ spec }) => {
        const { query, normalized, unknownKeys } = readTyped(specQuery(spec))
        expect(String(query)).toBe(String(specQuery(spec)))
        expect([...normalized, ...unknownKeys]).toEqual([])
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
    expect(read(String(new URLSearchParams({ [key]: '4' }))).unknownKeys).toEqual([{ key, value: '4', meant }])
  })

  it('is read the same in the box of a setting as in an address', () => {
    expect(readText(controlOf('batchSize').allowed, '８')).toBe('8')
    expect(readText(controlOf('learningRate').allowed, '０．１')).toBe('0.1')
  })

  it('is told where the link was changed on its way', () => {
    expect(read('batchSize=4).').normalized).toEqual([{ field: 'batchSize', came: '4).', as: '4' }])
    expect(read('batchSize=8&amp;epochs=50')).toMatchObject({ normalized: [], unknownKeys: [] })
    expect(String(read('batchSize=8&amp;epochs=50').query)).toBe('batchSize=8&epochs=50')
  })

  it('keys of links and of the view are nobody’s business, and others are named', () => {
    const keys = ['fbclid', 'gclid', 'utm_source', 'ref', 'epoch', 'pin', 'lock', 'metric', 'v']
    expect(read(keys.map((key) => `${key}=1`).join('&')).unknownKeys).toEqual([])
    expect(read('foo=1').unknownKeys).toEqual([{ key: 'foo', value: '1' }])
  })
})
