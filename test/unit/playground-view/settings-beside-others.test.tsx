/** Settings whose range depends on the others: sliders, marks and messages fit what is there. */
import fc from 'fast-check'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { allowedInWords, controlOf, controls, marksOf, controlRange } from '#experiment/spec/controls.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { sliderPosition, valueAfterKey, valueAt } from '#experiment/spec/slider.ts'
import { completeSpec, type PartialSpec, type SpecField } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress } from '#playground-view/address.ts'
import { changedIn } from '#playground-view/settings-state.ts'
import { Settings } from '#playground-view/settings.tsx'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

/** The fields that do not go with the others of a spec. */
function wrongIn(given: PartialSpec): string[] {
  try {
    completeSpec(given)
    return []
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    return error.errors.map(({ field }) => field)
  }
}

/** What the Worker's page says of a field, where an address is wrong. */
function saidOf(field: SpecField, address: string): string {
  const query = new URLSearchParams(address)
  const { spec, right, shown } = readAddress(query)
  if (!hasErrors(spec)) throw new Error(`${address} is right`)
  const typed = Object.fromEntries(query)
  const html = renderToString(<Settings setup={{ spec: right, shown, typed, errors: spec.errors, normalized: [] }} />)
  return new RegExp(`<p class="setting-wrong" id="set-${field}-wrong">(.*?)</p>`).exec(html)?.[1] ?? ''
}

describe('a range that depends on other settings', () => {
  it.each([
    ['classes', 'dataset=moons&classes=5', '“5” cannot be used here: moons has two classes.'],
    ['classes', 'dataset=circles&classes=50', '“50” cannot be used here: circles has two classes.'],
    ['classes', 'classes=50', '“50” cannot be used. Allowed: a whole number from 2 to 10.'],
    [
      'batchSize',
      'batchSize=501',
      '“501” cannot be used. Allowed: a whole number from 1 to 500, the number of training rows, or full.',
    ],
    ['batchSize', 'examples=100&batchSize=-1', '“-1” cannot be used. Allowed: a whole number from 1 to 50, or full.'],
    ['epochs', 'epochs=1e9', '“1e9” cannot be used. Allowed: a whole number from 1 to 2000.'],
    ['seeds', 'epochs=2000&seeds=1e9', '“1e9” cannot be used. Allowed: a whole number from 1 to 50 with epochs=2000.'],
    ['warmup', 'epochs=5&warmup=1e9', '“1e9” cannot be used. Allowed: a whole number from 0 to 4 with epochs=5.'],
    ['seed', 'seeds=10&seed=1e12', '“1e12” cannot be used. Allowed: a whole number from 0 to 4294967286.'],
    ['momentum', 'optimizer=rmsprop&momentum=7', '“7” cannot be used here: RMSprop has no momentum.'],
    ['activation', 'hiddenUnits=none&activation=x', '“x” cannot be used here: There is no hidden layer.'],
    ['lastBatch', 'batchSize=100&lastBatch=x', '“x” cannot be used here: Every batch is whole.'],
  ] as const)('of %s is what an address says of %s', (field, address, said) => {
    expect(saidOf(field, address)).toBe(said)
  })

  it('is said of schedules: before the last epoch, and of batches that there can be', () => {
    const spec = completeSpec({ epochs: 60, examples: 100 })
    expect(allowedInWords(controlOf('batchSizeSchedule'), spec)).toBe(
      'constant, or up to 8 changes, each before epoch 60 and in their order, as 50:32-100:256 (each value 1 to 50, or full)',
    )
    expect(allowedInWords(controlOf('learningRateSchedule'), spec)).toContain('each before epoch 60')
  })

  it.each([
    ['blobs', 10],
    ['moons', 1],
    ['circles', 1],
  ] as const)('of the noise of %s goes as far as is of use, so that a hand can set 0.3 there', (dataset, most) => {
    const spec = completeSpec({ dataset })
    const noise = controlOf('noise')
    expect(controlRange(noise, spec)).toEqual([0, most])
    // A slider is some 76 pixels wide.
    const reached = Array.from({ length: 77 }, (_, pixel) => valueAt(noise, pixel / 76, spec))
    if (most === 1) expect(reached).toContain(0.3)
    expect(reached.at(-1)).toBe(most)
  })

  it('leaves a typed value beyond the slider where it is, and goes back by keys', () => {
    const spec = completeSpec({ dataset: 'moons', noise: 5 })
    const noise = controlOf('noise')
    expect(sliderPosition(noise, 5, spec)).toBe(1)
    const after = (key: string) => valueAfterKey(noise, 5, spec, { key, shiftKey: false })
    expect([after('PageUp'), after('ArrowUp')]).toEqual([5, 5])
    expect(after('ArrowDown')).toBeLessThanOrEqual(1)
  })

  it('has no mark, no slider place and no key that leads to what cannot be', () => {
    const sliders = controls.filter(({ scale }) => scale)
    const places = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fieldsAndSpec, fc.constantFrom(...sliders), places, ({ spec }, control, place) => {
        const value = spec[control.field] as number
        const reached = [
          ...marksOf(control, spec),
          valueAt(control, place, spec),
          ...['ArrowRight', 'ArrowLeft'].map((key) =>
            valueAfterKey(control, value, spec, { key, shiftKey: place > 0.5 })!,
          ),
        ]
        for (const next of reached)
          expect(wrongIn({ ...changedIn(spec), [control.field]: next })).not.toContain(control.field)
      }),
      { numRuns: 500, seed: 11 },
    )
  })
})

describe('a setting without effect', () => {
  it.each([
    ['classes', 'dataset=moons', 'moons has two classes.'],
    ['momentum', 'optimizer=rmsprop', 'RMSprop has no momentum.'],
    ['activation', 'hiddenUnits=none', 'There is no hidden layer.'],
    ['initializer', 'hiddenUnits=none', 'There is no hidden layer.'],
    ['lastBatch', 'batchSize=100', 'Every batch is whole.'],
  ] as const)('says why: %s with %s', (field, query, why) => {
    const { spec, shown } = readAddress(new URLSearchParams(query))
    if (hasErrors(spec)) throw new Error(query)
    const form = (of: typeof spec) =>
      renderToString(<Settings setup={{ spec: of, shown, typed: {}, errors: [], normalized: [] }} />)
    const help = `id="set-${field}-help">${why}`
    expect(form(spec)).toContain(help)
    expect(form(completeSpec({}))).not.toContain(help)
  })

  it('is every setting whose values all come out as one', () => {
    fc.assert(
      fc.property(fieldsAndSpec, fc.constantFrom(...controls), ({ spec }, { field, allowed, idle }) => {
        const others = allowed.kind === 'choice' ? allowed.words : field === 'momentum' ? [0, 0.5] : []
        const reached = new Set(
          others.map((value) => {
            try {
              return completeSpec({ ...changedIn(spec), [field]: value })[field]
            } catch {
              return value
            }
          }),
        )
        if (others.length) expect([field, reached.size === 1]).toEqual([field, idle?.(spec) !== undefined])
      }),
      { numRuns: 1000, seed: 5 },
    )
    expect(readSpec(new URLSearchParams('optimizer=rmsprop&momentum=0.5'), {}, 'ignore').spec.momentum).toBe(0.9)
  })
})
