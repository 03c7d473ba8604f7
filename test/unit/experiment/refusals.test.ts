/** What is told to one who asks for what cannot be given. */
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'

import { requireBudget, requireBudgetOfAll, shareOfBudget } from '#experiment/spec/budget.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { engines } from '#experiment/spec/engine.ts'
import { fieldError, InvalidQuery } from '#experiment/spec/errors.ts'
import { FieldError } from '#experiment/spec/field-error.ts'
import { layers, wholeField } from '#experiment/spec/fields.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { readPin } from '#experiment/spec/pin.ts'
import { readQuery, writeValue, type Table } from '#experiment/spec/query.ts'
import { completeSpec, specFields, type PartialSpec } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'

/** The error of something that is refused. */
function refusal(ask: () => unknown): InvalidQuery {
  try {
    ask()
  } catch (error) {
    if (error instanceof InvalidQuery) return error
    throw error
  }
  throw new Error('it was not refused')
}

const query = (text: string) => new URLSearchParams(text)
const withinBudget = (given: PartialSpec) => requireBudget(completeSpec(given))

describe('a value that is sent back', () => {
  it('is whole up to 100 characters, then cut and marked so', () => {
    const x = (count: number) => 'x'.repeat(count)
    expect(fieldError('seed', x(100), 'less')).toEqual({ field: 'seed', value: x(100), expected: 'less' })
    expect(fieldError(x(101), x(101), 'less')).toEqual({ field: `${x(100)}…`, value: `${x(100)}…`, expected: 'less' })
    expect(fieldError('seed', 12, 'less').value).toBe('12')
    expect(FieldError.parse(fieldError('seed', 12, 'less'))).toEqual({ field: 'seed', value: '12', expected: 'less' })
  })

  it('stands in one sentence with all that is wrong', () => {
    const error = new InvalidQuery(422, [fieldError('seed', -1, 'more'), fieldError('epochs', 0, '1')])
    expect([error.name, error.message]).toEqual([
      'InvalidQuery',
      "seed: expected more, got '-1'; epochs: expected 1, got '0'",
    ])
  })
})

describe('more work than the budget', () => {
  const fused = { batchSize: 1, seeds: 200, hiddenUnits: '50' } as const

  it('is named with the estimate, the limit, and the most epochs and seeds that fit', () => {
    const spec = completeSpec({ ...fused, epochs: 400 })
    const share = estimateOperations(spec) / engines.fused.budget
    const why = `this is about ${share.toPrecision(2)} times the budget of engine=fused`
    expect(refusal(() => requireBudget(spec)).errors).toEqual([
      { field: 'epochs', value: '400', expected: `at most ${Math.floor(400 / share)} with seeds=200: ${why}` },
      { field: 'seeds', value: '200', expected: `at most ${Math.floor(200 / share)} with epochs=400: ${why}` },
    ])
  })

  it('is told of as many seeds alone where not one epoch would fit, and of neither where both must go down', () => {
    const heavy = { batchSize: 1, engine: 'layers', examples: 5000, trainFraction: 0.9 } as const
    expect(refusal(() => withinBudget({ ...heavy, epochs: 1, seeds: 200 })).errors.map(({ field }) => field)).toEqual([
      'seeds',
    ])
    const both = refusal(() => withinBudget({ ...heavy, epochs: 20, seeds: 200 })).errors
    expect(both).toEqual([
      { field: 'epochs', value: '20', expected: expect.stringMatching(/^fewer, with fewer seeds: this is about /) },
    ])
  })

  it('begins just above it: what fills it to the last operation is trained', () => {
    const spec = completeSpec({})
    const { budget } = engines.fused
    const epochs = Math.floor(budget / (estimateOperations(spec) / spec.epochs))
    expect(() => requireBudget({ ...spec, epochs })).not.toThrow()
    expect(refusal(() => requireBudget({ ...spec, epochs: epochs + 1 })).status).toBe(422)
  })

  it('of several experiments is what they are together, and as many epochs of each would fit', () => {
    const specs = [4, 8, 16].map((batchSize) => completeSpec({ batchSize, seeds: 200, epochs: 500 }))
    const share = shareOfBudget(specs)
    expect(share).toBeCloseTo(specs.reduce((sum, spec) => sum + estimateOperations(spec), 0) / engines.fused.budget, 12)
    expect(share).toBeGreaterThan(1)
    expect(refusal(() => requireBudgetOfAll(specs)).errors).toEqual([
      {
        field: 'epochs',
        value: '500',
        expected: `at most ${Math.floor(500 / share)} for 3 experiments: together they are ${share.toPrecision(3)} times the budget`,
      },
    ])
    const fewer = specs.map((spec) => ({ ...spec, epochs: Math.floor(500 / share) }))
    expect(() => requireBudgetOfAll(fewer)).not.toThrow()
    expect(() => requireBudgetOfAll([])).not.toThrow()
  })

  it('is refused wherever a spec is read', () => {
    expect(refusal(() => readSpec(query('batchSize=1&seeds=200&epochs=500'), {}, 'ignore')).status).toBe(422)
  })
})

describe('the work of an experiment', () => {
  it.each<PartialSpec>([{ hiddenUnits: 'none' }, { hiddenUnits: '50-20' }])(
    'of %j grows with every class, row and step',
    (given) => {
      const of = (more: PartialSpec) =>
        estimateOperations(completeSpec({ examples: 20, batchSize: 'full', epochs: 1, ...given, ...more }))
      expect(of({ classes: 4 })).toBeGreaterThan(of({}))
      expect(of({ examples: 22 })).toBeGreaterThan(of({}))
      expect(of({ batchSize: 5 })).toBeGreaterThan(of({}))
      // A row of a step costs the same in steps of any size.
      expect(9 * (of({ batchSize: 5 }) - of({}))).toBeCloseTo(of({ batchSize: 1 }) - of({}), 6)
    },
  )

  it('of a smooth activation is larger by its units in every row that goes forward', () => {
    const of = (given: PartialSpec) =>
      estimateOperations(completeSpec({ examples: 20, batchSize: 'full', epochs: 1, ...given }))
    // 10 rows train and 20 are evaluated; a unit costs 25.
    expect(of({ activation: 'tanh' }) - of({})).toBe(50 * 25 * (10 + 20))
    expect(of({ activation: 'sigmoid', hiddenUnits: '50-20' }) - of({ hiddenUnits: '50-20' })).toBe(70 * 25 * (10 + 20))
  })
})

describe('a pin', () => {
  const spec = completeSpec({ seeds: 5, seed: 10 })

  it('is read like a query', () => {
    expect(readPin('batchSize=full&seeds=5&seed=10', spec)).toEqual(
      completeSpec({ batchSize: 'full', seeds: 5, seed: 10 }),
    )
  })

  it('must share a seed, and says which would do', () => {
    expect(readPin('seed=14', spec).seed).toBe(14)
    expect(readPin('seed=8&seeds=3', spec).seed).toBe(8)
    for (const pin of ['seed=15', 'seed=8&seeds=2'])
      expect(refusal(() => readPin(pin, spec))).toMatchObject({
        status: 422,
        errors: [
          { field: 'pin', value: pin.split('&')[0], expected: 'a seed of the runs that it is compared with, 10 to 14' },
        ],
      })
  })

  it('must fit in one budget with what it is compared with', () => {
    const much = completeSpec({ batchSize: 1, seeds: 180 })
    const pin = 'batchSize=1&seeds=180'
    expect(refusal(() => readPin(pin, much)).errors).toEqual([
      {
        field: 'pin',
        value: pin,
        expected: expect.stringMatching(/^less work: the two experiments together are 1\.\d\d times the budget$/),
      },
    ])
  })

  it('that cannot be read is refused by the names of both fields', () => {
    expect(refusal(() => readPin('batchSize=many', spec))).toMatchObject({
      status: 400,
      errors: [{ field: 'pin', value: 'batchSize=many', expected: 'batchSize: a whole number of at least 1, or full' }],
    })
    expect(refusal(() => readPin('foo=1', spec)).status).toBe(400)
    expect(refusal(() => readPin('momentum=2', spec)).status).toBe(422)
  })
})

describe('a sweep', () => {
  it('of three lists is refused by every one of them', () => {
    expect(refusal(() => readSweep(query('batchSize=4,8&seed=1,2&epochs=50,60'), {}))).toMatchObject({
      status: 400,
      errors: ['batchSize', 'seed', 'epochs'].map((field) => ({
        field,
        expected: 'one value: at most 2 fields may hold a list',
      })),
    })
  })

  it('has sixteen experiments at most, and says how many there would be', () => {
    expect(readSweep(query('batchSize=1,2,3,4&seed=1,2,3,4&epochs=10'), {}).specs).toHaveLength(16)
    expect(refusal(() => readSweep(query('batchSize=1,2,3,4,5,6&seed=1,2,3&epochs=10'), {})).errors).toEqual([
      { field: 'batchSize', value: '1,2,3,4,5,6', expected: 'at most 16 experiments in all, not 18' },
      { field: 'seed', value: '1,2,3', expected: 'at most 16 experiments in all, not 18' },
    ])
  })

  it('refuses keys that it does not know', () => {
    expect(refusal(() => readSweep(query('batchSize=4,8&foo=1'), {})).status).toBe(400)
  })
})

describe('a field', () => {
  it('of layers holds only layers that are all within its limits', () => {
    const table = { layers: layers('layers', 3, 128) }
    expect(readQuery(table, query('layers=128-1-50'), 'refuse')).toEqual({ layers: '128-1-50' })
    for (const wrong of ['0-50', '50-0', '50-129', '129-50', '1-1-1-1'])
      expect([wrong, refusal(() => readQuery(table, query(`layers=${wrong}`), 'refuse')).status]).toEqual([wrong, 422])
  })

  it('that says nothing of itself still says that another value is wanted', () => {
    const table = { plain: z.literal('a') as z.ZodMiniType<unknown, string> }
    expect(refusal(() => readQuery(table, query('plain=b'), 'refuse')).errors).toEqual([
      { field: 'plain', value: 'b', expected: 'another value' },
    ])
  })

  it('is read beside others, each for its own: a view key is no part of a spec', () => {
    const { spec, view } = readSpec(query('width=300&epochs=5'), { width: wholeField('width', 1, 999) }, 'refuse')
    expect([Object.keys(spec).toSorted(), view]).toEqual([Object.keys(specFields).toSorted(), { width: 300 }])
  })

  it('that there is not cannot be written', () => {
    const none: Table = {}
    expect(() => writeValue(none, 'foo', 1)).toThrow('no field foo')
    expect(writeValue(specFields, 'batchSize', 'full')).toBe('full')
  })
})
