import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { excessOf, requireBudget } from '#experiment/spec/budget.ts'
import { permalink, readSpec, specQuery } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'
import { changedIn } from '#playground-view/settings-state.ts'

import { changeField, resetFields, trainable } from '../../../../../site/src/client/playground/change.ts'
import { fieldsAndSpec } from '../../../../support/arbitrary-spec.ts'

/** Without frozen settings. */
const worker = { by: 'worker', lock: [] } as const
const browser = { by: 'browser', lock: [] } as const

describe('changing a setting', () => {
  it('changes that field and no other where nothing stands against it', () => {
    expect(changeField(completeSpec({ momentum: 0.5 }), 'batchSize', 4, worker)).toEqual({
      spec: completeSpec({ momentum: 0.5, batchSize: 4 }),
      adjusted: [],
    })
  })

  it('lets what followed a default go on following it', () => {
    const { spec } = changeField(completeSpec({}), 'dataset', 'moons', worker)
    expect(spec).toMatchObject({ dataset: 'moons', classes: 2, noise: 0.2 })
  })

  it('takes the default of a field that cannot stay', () => {
    const change = changeField(completeSpec({ classes: 7 }), 'dataset', 'circles', worker)
    expect(change.spec.classes).toBe(2)
    expect(change.adjusted).toEqual([
      { field: 'classes', was: '7', is: '2', since: { field: 'classes', expected: '2 with dataset=circles' } },
    ])
  })

  it('takes the full batch where there are fewer rows than the batch size', () => {
    const change = changeField(completeSpec({ batchSize: 256 }), 'examples', 100, worker)
    expect(change.spec.batchSize).toBe('full')
    expect(change.adjusted).toMatchObject([{ field: 'batchSize', was: '256', is: 'full' }])
  })

  it('takes as many seeds as go with the epochs', () => {
    const change = changeField(completeSpec({ seeds: 200, batchSize: 'full' }), 'epochs', 2000, worker)
    expect(change.spec).toMatchObject({ epochs: 2000, seeds: 50 })
    const expected = 'at most 50 with epochs=2000: seeds × epochs is at most 100000'
    expect(change.adjusted).toEqual([{ field: 'seeds', was: '200', is: '50', since: { field: 'seeds', expected } }])
  })

  it('takes fewer seeds than asked for, not fewer epochs', () => {
    const change = changeField(completeSpec({ epochs: 2000 }), 'seeds', 200, worker)
    expect(change.spec.epochs).toBe(2000)
    expect(change.adjusted).toMatchObject([{ field: 'seeds', was: '200', is: '50' }])
  })

  it('takes the largest seed that leaves room for the others', () => {
    const change = changeField(completeSpec({ seed: 4294967295 }), 'seeds', 30, worker)
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
        fc.pre(!excessOf(spec))
        const change = changeField(spec, field, value, worker)
        expect(readSpec(specQuery(change.spec), {}, 'refuse').spec).toEqual(change.spec)
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})

describe('the Worker’s budget', () => {
  const much = completeSpec({ seeds: 200, epochs: 500 })

  it('changes nothing of what the browser trains', () => {
    expect(changeField(much, 'examples', 5000, browser)).toEqual({
      spec: completeSpec({ seeds: 200, epochs: 500, examples: 5000 }),
      adjusted: [],
    })
    const { spec } = changeField(much, 'examples', 5000, browser)
    expect(trainable(spec, 'browser')).toEqual({ spec, adjusted: [] })
  })

  it('makes what the Worker alone trains fit, with the old and the new value and the reason', () => {
    for (const { spec, adjusted } of [
      changeField(much, 'examples', 5000, worker),
      trainable(completeSpec({ seeds: 200, epochs: 500, examples: 5000 }), 'worker'),
    ]) {
      expect(spec.epochs).toBe(500)
      expect(() => requireBudget(spec)).not.toThrow()
      expect(() => requireBudget({ ...spec, seeds: spec.seeds + 1 })).toThrow('the budget of engine=fused')
      expect(adjusted).toEqual([
        {
          field: 'seeds',
          was: '200',
          is: String(spec.seeds),
          since: {
            field: 'seeds',
            expected: expect.stringMatching(
              /^at most \d+ with epochs=500: this is about [\d.]+ times the budget of engine=fused$/,
            ),
          },
        },
      ])
    }
  })

  it('holds for stock TensorFlow.js in every browser, as the Worker alone has it', () => {
    const { spec, adjusted } = changeField(completeSpec({ seeds: 100 }), 'engine', 'layers', browser)
    expect(() => requireBudget(spec)).not.toThrow()
    expect(adjusted.map(({ field }) => field)).toEqual(['seeds'])
  })
})

describe('resetting settings', () => {
  const spec: ExperimentSpec = completeSpec({ batchSize: 4, momentum: 0, seeds: 30 })

  it('takes the default of those named', () => {
    expect(permalink(resetFields(spec, worker, ['momentum', 'seeds']).spec)).toBe('/playground?batchSize=4')
  })

  it('takes all defaults where none is named', () => {
    expect(resetFields(spec, worker).spec).toEqual(completeSpec({}))
  })

  it('knows what differs', () => {
    expect(changedIn(spec)).toEqual({ batchSize: 4, momentum: 0, seeds: 30 })
  })
})
