import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { digest } from '#experiment/spec/digest.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { likelyField } from '#experiment/spec/likely-field.ts'
import { repairedQuery, trackingParameter, plainCharacters } from '#experiment/spec/pasted-query.ts'
import { permalink, readSpec, specQuery } from '#experiment/spec/permalink.ts'
import { readPin } from '#experiment/spec/pin.ts'
import { completeSpec, defaultSpec, specFields, type SpecField } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'

import { documentation } from '../../../worker/http/openapi/routes.ts'
import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const fields = Object.keys(specFields) as SpecField[]
const read = (query: string) => readSpec(new URLSearchParams(query), {}, 'refuse').spec
const asked = completeSpec({ batchSize: 4, epochs: 50 })

describe('a link as people paste it', () => {
  it.each([
    ['escaped as HTML', 'batchSize=4&amp;epochs=50'],
    ['escaped twice', 'batchSize=4&amp;amp;epochs=50'],
    ['at the end of a sentence', 'batchSize=4&epochs=50.'],
    ['in brackets at the end of a sentence', 'batchSize=4&epochs=50).'],
    ['in guillemets', 'batchSize=4&epochs=50%C2%BB'],
    ['in quotation marks', "batchSize=4&epochs=50'"],
    ['in typographic quotation marks', 'batchSize=4&epochs=50%E2%80%9D,'],
    ['in bold Markdown', 'batchSize=4&epochs=50**'],
    ['with its values quoted', 'batchSize=%224%22&epochs=%2250%22'],
    ['in full-width digits', `batchSize=${encodeURIComponent('４')}&epochs=${encodeURIComponent('５０')}`],
    ['in Arabic digits', `batchSize=${encodeURIComponent('٤')}&epochs=${encodeURIComponent('٥٠')}`],
    ['with decorations', 'utm_source=x&batchSize=4&fbclid=y&epochs=50&_ga=1.2&mc_cid=z&gclid=q&si=t&ref=u&igshid=v'],
    ['with a decoration in HTML', 'batchSize=4&amp;epochs=50&amp;utm_source=x.'],
  ])('is the same experiment %s', async (_, query) => {
    expect(read(query)).toEqual(asked)
    expect(await digest(read(query))).toBe(await digest(asked))
  })

  it.each([
    [`learningRate=${encodeURIComponent('０．１')}`, 'learningRate=0.1'],
    [`learningRate=${encodeURIComponent('1e−3')}`, 'learningRate=1e-3'],
    [`hiddenUnits=${encodeURIComponent('50–20')}`, 'hiddenUnits=50-20'],
    [`hiddenUnits=${encodeURIComponent('50ー20')}`, 'hiddenUnits=50-20'],
    [`batchSizeSchedule=${encodeURIComponent('10：64')}`, 'batchSizeSchedule=10:64'],
  ])('%s is read as %s', (pasted, plain) => {
    expect(read(pasted)).toEqual(read(plain))
  })

  it('is the same sweep, its commas and decorations included', () => {
    const lists = (query: string) => readSweep(new URLSearchParams(query), {}).specs.map(({ batchSize }) => batchSize)
    expect(lists(`utm_source=x&batchSize=${encodeURIComponent('4，３２、full')}).`)).toEqual([4, 32, 'full'])
    expect(lists('batchSize=4&amp;batchSize=8')).toEqual([4, 8])
  })

  it('is the same pin', () => {
    expect(readPin('batchSize=full&amp;epochs=50.', asked)).toEqual(completeSpec({ batchSize: 'full', epochs: 50 }))
  })

  it('keeps what may be cut off or is something else: nothing is guessed', () => {
    const kept = ['12...', '12…', '-5', '0.1.2', '', '.', '"', ' 4 ']
    for (const value of kept)
      expect([value, repairedQuery([['batchSize', value]])]).toEqual([value, [['batchSize', value]]])
    // Punctuation ends a link, not a value within it.
    expect(repairedQuery(new URLSearchParams('batchSize=4.&epochs=5'))[0]).toEqual(['batchSize', '4.'])
  })

  it('changes nothing of any permalink, and is the same when it is read again', () => {
    const anything = fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' })), { maxLength: 4 })
    fc.assert(
      fc.property(fieldsAndSpec, anything, ({ spec }, pairs) => {
        expect(repairedQuery(specQuery(spec))).toEqual([...specQuery(spec)])
        const once = repairedQuery(pairs)
        expect(repairedQuery(once)).toEqual(once)
      }),
      { numRuns: 500, seed: 4 },
    )
  })

  it('loses no key that any route reads: none is a decoration', () => {
    const keys = documentation.flatMap(({ query = {} }) => Object.keys(query))
    expect([...keys, 'from', 'lock', 'expect', 'v'].filter((key) => trackingParameter.test(key))).toEqual([])
  })
})

describe('plain characters', () => {
  it('are the ASCII of every decimal digit: as Unicode’s own compatibility forms have it, and as numerals count', () => {
    const digits = Array.from({ length: 0x20000 }, (_, code) => code).filter((code) =>
      /^\p{Nd}$/u.test(String.fromCodePoint(code)),
    )
    expect(digits.length).toBeGreaterThan(600)
    for (const [index, code] of digits.entries()) {
      const digit = String.fromCodePoint(code)
      const plain = plainCharacters(digit)
      expect([digit, plain]).toEqual([digit, String(index % 10)])
      if (/\d/.test(digit.normalize('NFKC'))) expect(plain).toBe(digit.normalize('NFKC'))
    }
  })

  it('are what they were where they are plain, and letters stay', () => {
    expect(plainCharacters('50-20 1e-3, 0.5')).toBe('50-20 1e-3, 0.5')
    expect(plainCharacters('größe ²')).toBe('größe ²')
  })
})

describe('a key that is no field', () => {
  it.each([
    ['lr', 'learningRate'],
    ['LR', 'learningRate'],
    ['learning_rate', 'learningRate'],
    ['bs', 'batchSize'],
    ['batchsize', 'batchSize'],
    ['batch-size', 'batchSize'],
    ['n_epochs', 'epochs'],
    ['epcohs', 'epochs'],
    ['wd', 'weightDecay'],
    ['random_state', 'seed'],
    ['hidden_layer_sizes', 'hiddenUnits'],
  ])('%s most likely stands for %s', (key, field) => {
    expect(likelyField(key, fields)).toBe(field)
    const refusal = (() => {
      try {
        return read(`${key}=1`)
      } catch (error) {
        return error as InvalidQuery
      }
    })()
    expect(refusal).toMatchObject({ status: 400, errors: [{ field: key, value: '1' }] })
    expect((refusal as InvalidQuery).errors[0]!.expected).toContain(`(did you mean ${field}?)`)
  })

  it.each(['foo', '', 'x'.repeat(5000), '__proto__', 'constructor', 'nothing'])('%j stands for none', (key) => {
    expect(likelyField(key, fields)).toBeUndefined()
  })

  it('is never taken for a field that the place does not have', () => {
    expect(likelyField('lr', ['width', 'theme'])).toBeUndefined()
    expect(likelyField('witdh', ['width', 'theme'])).toBe('width')
  })

  it('is no field’s own name for another: each names itself', () => {
    for (const field of fields) expect(likelyField(field.toUpperCase(), fields)).toBe(field)
  })
})

it('the permalink of what was pasted is the plain one', () => {
  expect(permalink(read(`batchSize=${encodeURIComponent('８')}&amp;utm_source=x`))).toBe('/playground?batchSize=8')
  expect(read('ref=x')).toEqual(defaultSpec())
})
