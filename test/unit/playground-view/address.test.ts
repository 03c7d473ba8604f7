import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { completeView, viewChoices } from '#charts/view.ts'
import { requireBudget } from '#experiment/spec/budget.ts'
import { withSeedsOf } from '#experiment/spec/pin.ts'
import { completeSpec, specFields, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'
import { readAddress, writeAddress } from '#playground-view/address.ts'
import { runPositionOf, shownAt } from '#playground-view/run-position.ts'

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
        const pinned = rest.pin ? { pin: withSeedsOf(rest.pin, spec) } : {}
        expect(opened.shown).toEqual({ ...rest, ...pinned, ...shownAt(spec, runPositionOf(spec, at)) })
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

  it.each([
    ['batchSize=4&seeds=100', 'seeds%3D100', 'of the same seeds, as it always did'],
    ['batchSize=4', '', 'of the only seed, as it always did'],
    ['batchSize=4&seeds=10', '', 'of one seed beside ten'],
    ['batchSize=4&seed=5&seeds=10', 'seed%3D2&seeds%3D100', 'of other seeds'],
  ])('takes a pin for the seeds of %s, where the link has pin=%s, %s', (query, pin) => {
    const { spec, shown } = read(`${query}&pin=${pin}`)
    const { seed, seeds } = spec as ExperimentSpec
    expect(shown.pin).toEqual(completeSpec({ seed, seeds }))
    expect(read(writeAddress(spec as ExperimentSpec, shown).split('?')[1]!).shown).toEqual(shown)
    const more = { ...(spec as ExperimentSpec), seeds: 30 }
    expect(read(writeAddress(more, shown).split('?')[1]!).shown.pin).toEqual(completeSpec({ seed, seeds: 30 }))
  })

  it('gives a pin as many of the seeds as its epochs allow', () => {
    expect(read('batchSize=4&seeds=200&pin=epochs%3D2000').shown.pin).toEqual(completeSpec({ epochs: 2000, seeds: 50 }))
  })

  it('reads what is above the Worker’s budget where that is asked for, and what is out of range never', () => {
    const query = new URLSearchParams(
      'seeds=200&epochs=500&examples=5000&pin=seeds%3D200%26epochs%3D500%26examples%3D5000',
    )
    expect(readAddress(query).spec).toMatchObject({ status: 422 })
    const { spec, shown } = readAddress(query, 'any')
    expect(spec).toEqual(completeSpec({ seeds: 200, epochs: 500, examples: 5000 }))
    expect(shown.pin).toEqual(spec)
    expect(readAddress(new URLSearchParams('seeds=201'), 'any').spec).toMatchObject({ status: 422 })
    expect(readAddress(new URLSearchParams('seeds=200&epochs=501'), 'any').spec).toMatchObject({ status: 422 })
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
