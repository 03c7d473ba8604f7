/** The map in the playground's address, and the controls that put settings into it. */
import fc from 'fast-check'
import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { mapColors } from '#experiment/result/map-run.ts'
import { controlOf } from '#experiment/spec/controls.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'
import { variableFields } from '#experiment/spec/varied-values.ts'
import { readAddress, writeAddress } from '#playground-view/address.ts'
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
      fc.property(maps, (map: MapView) => {
        const { shown } = read('')
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
