import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { permalink, readSpec, specQuery } from '#experiment/permalink.ts'
import { completeSpec, type ExperimentSpec, type SpecField } from '#experiment/spec.ts'
import { changedIn } from '#instrument/setup.ts'

import { changeField, resetFields } from '../../../../site/src/playground/change.ts'
import { fieldsAndSpec } from '../../../support/arbitrary-spec.ts'

describe('changing a setting', () => {
  it('changes that field and no other where nothing stands against it', () => {
    expect(changeField(completeSpec({ momentum: 0.5 }), 'batchSize', 4)).toEqual({
      spec: completeSpec({ momentum: 0.5, batchSize: 4 }),
      gaveWay: [],
    })
  })

  it('lets what followed a default go on following it', () => {
    const { spec } = changeField(completeSpec({}), 'dataset', 'moons')
    expect(spec).toMatchObject({ dataset: 'moons', classes: 2, noise: 0.2 })
  })

  it('takes the default of a field that cannot stay', () => {
    const change = changeField(completeSpec({ classes: 7 }), 'dataset', 'circles')
    expect(change.spec.classes).toBe(2)
    expect(change.gaveWay).toEqual(['classes'])
  })

  it('takes the full batch where there are fewer rows than the batch size', () => {
    const change = changeField(completeSpec({ batchSize: 256 }), 'examples', 100)
    expect(change.spec.batchSize).toBe('full')
    expect(change.gaveWay).toEqual(['batchSize'])
  })

  it('takes as many seeds as go with the epochs', () => {
    const change = changeField(completeSpec({ seeds: 200, batchSize: 'full' }), 'epochs', 2000)
    expect(change.spec).toMatchObject({ epochs: 2000, seeds: 50 })
    expect(change.gaveWay).toEqual(['seeds'])
  })

  it('takes fewer seeds than asked for, not fewer epochs', () => {
    const change = changeField(completeSpec({ epochs: 2000 }), 'seeds', 200)
    expect(change.spec.epochs).toBe(2000)
    expect(change.gaveWay).toEqual(['seeds'])
  })

  it('takes the largest seed that leaves room for the others', () => {
    const change = changeField(completeSpec({ seed: 4294967295 }), 'seeds', 30)
    expect(change.spec).toMatchObject({ seed: 4294967295 - 29, seeds: 30 })
  })

  it('always comes out at an experiment that the Worker answers', () => {
    const values = fc.constantFrom<[SpecField, never]>(
      ...([
        ['examples', 10],
        ['examples', 5000],
        ['trainFraction', 0.1],
        ['dataset', 'moons'],
        ['batchSize', 1],
        ['hiddenUnits', '128-128-128'],
        ['epochs', 2000],
        ['seeds', 200],
        ['engine', 'layers'],
        ['classes', 10],
      ] as [SpecField, never][]),
    )
    fc.assert(
      fc.property(fieldsAndSpec, values, ({ spec }, [field, value]) => {
        const change = changeField(spec, field, value)
        expect(readSpec(specQuery(change.spec), {}, 'refuse').spec).toEqual(change.spec)
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})

describe('resetting settings', () => {
  const spec: ExperimentSpec = completeSpec({ batchSize: 4, momentum: 0, seeds: 30 })

  it('takes the default of those named', () => {
    expect(permalink(resetFields(spec, ['momentum', 'seeds']).spec)).toBe('/playground?batchSize=4')
  })

  it('takes all defaults where none is named', () => {
    expect(resetFields(spec).spec).toEqual(completeSpec({}))
  })

  it('knows what differs', () => {
    expect(changedIn(spec)).toEqual({ batchSize: 4, momentum: 0, seeds: 30 })
  })
})
