/** The map in the playground's address, and the controls that put settings into it. */
import fc from 'fast-check'
import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { mapColors } from '#experiment/result/map-run.ts'
import { controlOf } from '#experiment/spec/controls.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'
import { rangeLimits, rangeScales } from '#experiment/spec/varied-range.ts'
import { variableFields } from '#experiment/spec/varied-values.ts'
import { readAddress, viewQuery, writeAddress } from '#playground-view/address.ts'
import { mapPicture } from '#playground-view/map-note.tsx'
import { defaultMap, mapSeedChoices, withVaried, type MapView } from '#playground-view/map-view.ts'
import { VaryThis } from '#playground-view/vary-this.tsx'

import '../../support/property-seed.ts'

const read = (query: string) => readAddress(new URLSearchParams(query))
const tutorial = completeSpec({})

describe('the map in an address', () => {
  it('is written and read again, whatever it is', () => {
    const maps = fc.record({
      vary: fc.uniqueArray(fc.constantFrom(...variableFields), { maxLength: 2 }),
      color: fc.constantFrom(...mapColors),
      target: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
      seeds: fc.constantFrom(...mapSeedChoices).map(Number),
    })
    fc.assert(
      fc.property(maps, fc.constantFrom(...rangeScales), fc.nat(), (without, scale, which) => {
        const { shown } = read('')
        const field = without.vary[which % 2]
        const { least, most, isWhole } = field ? rangeLimits(field) : { least: 0, most: 1, isWhole: true }
        const from = Math.max(least, isWhole ? 1 : 0.00125)
        const range = { from, to: Math.min(most, isWhole ? 9 : 0.5), count: 2 + (which % 7), scale }
        const map: MapView = { ...without, ranges: field && from < range.to ? { [field]: range } : {} }
        const address = writeAddress(tutorial, { ...shown, map })
        const again = read(address.split('?')[1] ?? '')
        expect(again.shown.map ?? defaultMap).toEqual(map)
        expect(again.leftOut).toEqual([])
        expect(again.spec).toEqual(tutorial)
      }),
    )
  })

  it('leaves out what cannot vary, with a message, and keeps the rest', () => {
    const { shown, leftOut } = read(
      'vary=optimizer,batchSize,nothing,learningRate,momentum&color=red&target=2&mapSeeds=4',
    )
    expect(shown.map).toEqual({ ...defaultMap, vary: ['batchSize', 'learningRate'] })
    expect(leftOut.map(({ field, value }) => `${field}=${value}`)).toEqual([
      'color=red',
      'target=2',
      'mapSeeds=4',
      'vary=optimizer',
      'vary=nothing',
      'vary=momentum',
    ])
  })

  it('has ranges of its own, and leaves out those that cannot be read, with what is allowed', () => {
    const { shown, leftOut } = read('vary=learningRate,batchSize&columns=0.001_0.1_5_log&rows=4_64_3_linear')
    expect(shown.map?.ranges).toEqual({
      learningRate: { from: 0.001, to: 0.1, count: 5, scale: 'log' },
      batchSize: { from: 4, to: 64, count: 3, scale: 'linear' },
    })
    expect(leftOut).toEqual([])
    expect(String(viewQuery(shown))).toContain('columns=0.001_0.1_5_log&rows=4_64_3_linear')
    const wrong = {
      'columns=0.1_0.001_5_log': /must ascend, and 0.1 is not below 0.001$/,
      'columns=0.001_99_5_log': /“99” cannot be used for to. Allowed: numbers from .* to 10$/,
      'columns=0.001_0.1_13_log': /“13” cannot be used for values. Allowed: a whole number from 2 to 12$/,
      'columns=0.001_0.1_5_cubic': /“cubic” cannot be used for the spacing. Allowed: log or linear$/,
      'columns=nonsense': /^a range such as 1_100_5_log: “nonsense” cannot be used for from/,
      'rows=1.5_64_3_log': /“1.5” cannot be used for from. Allowed: whole numbers from 1 on$/,
      'rows=4_64_9_log': /from 2 to 8$/,
    }
    for (const [query, expected] of Object.entries(wrong)) {
      const of = read(`vary=learningRate,batchSize&${query}`)
      expect(of.shown.map?.ranges).toEqual({})
      expect([query, of.leftOut.length, of.leftOut[0]!.expected]).toEqual([query, 1, expect.stringMatching(expected)])
    }
    expect(read('columns=1_2_2_log').leftOut[0]!.expected).toBe('the range of a setting that varies')
    expect(read('vary=momentum&columns=0_0.9_4_log').leftOut[0]!.expected).toMatch(/logarithmic range begins above 0/)
  })

  it('varies no setting that the link locks', () => {
    const { shown, leftOut } = read('vary=batchSize,learningRate&lock=batchSize')
    expect(shown.map?.vary).toEqual(['learningRate'])
    expect(leftOut).toMatchObject([{ field: 'vary', value: 'batchSize' }])
  })
})

describe('vary this', () => {
  it('adds a field, puts a third in place of the second, and takes out what varies', () => {
    const pressed = (...fields: Parameters<typeof withVaried>[1][]) => fields.reduce(withVaried, defaultMap).vary
    expect(pressed('batchSize')).toEqual(['batchSize'])
    expect(pressed('batchSize', 'learningRate')).toEqual(['batchSize', 'learningRate'])
    expect(pressed('batchSize', 'learningRate', 'momentum')).toEqual(['batchSize', 'momentum'])
    expect(pressed('batchSize', 'learningRate', 'batchSize')).toEqual(['learningRate'])
  })

  const linkOf = (field: Parameters<typeof controlOf>[0], query = '') => {
    const { right, shown } = read(query)
    const setup = { spec: right, shown, typed: {}, errors: [], normalized: [] }
    return render(<VaryThis control={controlOf(field)} setup={setup} />).replaceAll('&amp;', '&')
  }

  it('is a link without scripts, beside every number that can vary', () => {
    expect(linkOf('batchSize')).toContain('href="/playground?vary=batchSize"')
    expect(linkOf('learningRate', 'epochs=50&vary=batchSize')).toContain('epochs=50&vary=batchSize%2ClearningRate')
    expect(linkOf('batchSize', 'vary=batchSize')).toContain('href="/playground"')
  })

  it('is not beside a choice, a seed, a locked setting or one without an effect', () => {
    for (const html of [linkOf('optimizer'), linkOf('seed'), linkOf('batchSize', 'lock=batchSize')])
      expect(html).toBe('')
    expect(linkOf('momentum', 'optimizer=rmsprop')).toBe('')
  })
})

describe('the Worker’s picture of a map', () => {
  it('is one that the Worker accepts', () => {
    const map: MapView = { ...defaultMap, vary: ['learningRate', 'batchSize'] }
    const query = new URL(mapPicture(tutorial, map)!, 'http://page.invalid').searchParams
    expect(query.get('value')).toBe('testAccuracy')
    query.delete('value')
    expect(readSweep(query, {}, 64).specs).toHaveLength(64)
  })

  it('is not offered where it would be over the budget', () => {
    const large = completeSpec({ examples: 5000, epochs: 1000, seeds: 50 })
    expect(mapPicture(large, { ...defaultMap, vary: ['batchSize'] })).toBeUndefined()
  })
})
