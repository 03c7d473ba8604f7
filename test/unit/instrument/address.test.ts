import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { completeView, viewChoices } from '#charts/view.ts'
import { requireBudget } from '#experiment/budget.ts'
import { completeSpec, specFields, type SpecField } from '#experiment/spec.ts'
import { readAddress, writeAddress } from '#instrument/address.ts'
import { placeOf, shownAt } from '#instrument/place.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const read = (query: string) => readAddress(new URLSearchParams(query))
const isAffordable = (spec: Parameters<typeof requireBudget>[0]) => {
  try {
    requireBudget(spec)
    return true
  } catch {
    return false
  }
}
const affordable = fieldsAndSpec.map(({ spec }) => spec).filter(isAffordable)

describe('the playground’s address', () => {
  it('is the bare path for the tutorial’s experiment', () => {
    expect(writeAddress(completeSpec({}), { view: completeView(), lock: [] })).toBe('/playground')
  })

  it('opens what it was written for, whatever that is', () => {
    const shown = fc.record(
      {
        view: fc.record({
          metric: fc.constantFrom(...viewChoices.metric),
          axis: fc.constantFrom(...viewChoices.axis),
          train: fc.constantFrom(...viewChoices.train),
          runs: fc.constantFrom(...viewChoices.runs),
          // Curves have no cells: an address leaves this out.
          value: fc.constant('instability' as const),
        }),
        at: fc.oneof(
          fc.record({ epoch: fc.integer({ min: 1, max: 2000 }) }),
          fc.record({ update: fc.integer({ min: 1, max: 40_000 }) }),
        ),
        pin: affordable,
        lock: fc.uniqueArray(fc.constantFrom(...(Object.keys(specFields) as SpecField[])), { maxLength: 4 }),
      },
      { requiredKeys: ['view', 'lock'] },
    )
    const promised = fc.option(fc.constant({ fingerprint: '0123456789abcdef', version: 'fused-1' }), { nil: undefined })
    fc.assert(
      fc.property(affordable, shown, promised, (spec, { at = {}, ...rest }, promise) => {
        const given = { ...rest, ...at }
        const address = writeAddress(spec, given, promise)
        const opened = read(address.split('?')[1] ?? '')
        expect(opened.spec).toEqual(spec)
        // What is at the end, or beyond it, rests there; and where an epoch is over, it is named by that.
        expect(opened.shown).toEqual({ ...rest, ...shownAt(spec, placeOf(spec, at)) })
        expect(opened.promised).toEqual(promise)
        expect(opened.leftOut).toEqual([])
      }),
      { numRuns: 200, seed: 11 },
    )
  })

  it('names what is wrong with the spec, and has none', () => {
    expect(read('batchSize=0&momentum=x').spec).toMatchObject({
      errors: [{ field: 'momentum' }, { field: 'batchSize' }],
    })
  })

  it('names a view key that cannot be read, and goes on without it', () => {
    const { spec, shown, leftOut } = read('metric=height&axis=updates&epoch=0')
    expect(spec).toEqual(completeSpec({}))
    expect(shown.view).toEqual(completeView({ axis: 'updates' }))
    expect(leftOut.map(({ field, value }) => `${field}=${value}`)).toEqual(['metric=height', 'epoch=0'])
  })

  it('names a pin that cannot be read, and goes on without it', () => {
    const { shown, leftOut } = read('pin=batchSize%3D0%26color%3Dred')
    expect(shown.pin).toBeUndefined()
    expect(leftOut.map(({ field }) => field)).toEqual(['pin: color', 'pin: batchSize'])
  })

  it('names what is no field in a lock, and locks the others', () => {
    const { shown, leftOut } = read('lock=learningRate,speed,epochs')
    expect(shown.lock).toEqual(['learningRate', 'epochs'])
    expect(leftOut).toMatchObject([{ field: 'lock', value: 'speed' }])
  })

  it('never throws', () => {
    const keys = ['pin', 'lock', 'expect', 'v', 'epoch', 'metric', 'batchSize', '__proto__', 'toString']
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), fc.string())), (pairs) => {
        readAddress(new URLSearchParams(pairs))
      }),
      { numRuns: 500, seed: 3 },
    )
  })
})
