import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { controlOf, controls } from '#experiment/spec/controls.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'
import {
  canVary,
  coarseToFine,
  mostCells,
  specGrid,
  specWith,
  variableFields,
  variedValues,
} from '#experiment/spec/varied-values.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'
import '../../support/property-seed.ts'

const tutorial = completeSpec({})

describe('the fields of a map', () => {
  it('are the numbers among the settings, but the seeds, which all cells share', () => {
    const seedFields = new Set<string>(['seed', 'seeds', 'datasetSeed'])
    const numbers = controls.filter(
      ({ field, allowed }) => typeof completeSpec({})[field] === 'number' || allowed.kind === 'wholeOr',
    )
    expect(variableFields).toEqual(numbers.map(({ field }) => field).filter((field) => !seedFields.has(field)))
    expect(variableFields).toContain('batchSize')
    expect(canVary('optimizer')).toBe(false)
    expect(canVary('seed')).toBe(false)
  })
})

describe('the values of a field', () => {
  it('are powers of two below the training examples, and full', () => {
    expect(variedValues('batchSize', tutorial)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 'full'])
    expect(variedValues('batchSize', completeSpec({ examples: 20 }))).toEqual([1, 2, 4, 8, 'full'])
  })

  it('are spread over twelve columns or eight rows', () => {
    expect(variedValues('learningRate', tutorial)).toHaveLength(12)
    expect(variedValues('learningRate', tutorial, { most: 8 })).toEqual([0.0002, 0.001, 0.002, 0.01, 0.02, 0.1, 0.2, 1])
    expect(variedValues('labelNoise', tutorial)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    expect(variedValues('classes', tutorial)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('leave out what the other settings do not allow, and a setting without an effect altogether', () => {
    expect(variedValues('warmup', completeSpec({ epochs: 20 }))).toEqual([0, 1, 2, 5, 10])
    expect(variedValues('momentum', completeSpec({ optimizer: 'rmsprop' }))).toEqual([])
    expect(variedValues('noise', completeSpec({ dataset: 'penguins' }))).toEqual([])
  })

  it('go through a range that the reader chose, in equal ratios or differences, with both ends', () => {
    const of = (field: SpecField, from: number, to: number, count: number, scale: 'log' | 'linear') =>
      variedValues(field, tutorial, { ranges: { [field]: { from, to, count, scale } } })
    expect(of('learningRate', 0.001, 0.1, 5, 'log')).toEqual([0.001, 0.00316, 0.01, 0.0316, 0.1])
    expect(of('learningRate', 0.001, 0.1, 4, 'linear')).toEqual([0.001, 0.034, 0.067, 0.1])
    expect(of('batchSize', 4, 64, 5, 'log')).toEqual([4, 8, 16, 32, 64])
    // Whole numbers, each once; beyond the training examples there are no others than the full batch.
    expect(of('batchSize', 1, 4, 8, 'log')).toEqual([1, 2, 3, 4])
    expect(of('batchSize', 400, 700, 4, 'linear')).toEqual([400, 'full'])
    expect(of('epochs', 10, 40, 2, 'linear')).toEqual([10, 40])
    const grid = specGrid(tutorial, ['learningRate', 'batchSize'], {
      batchSize: { from: 4, to: 64, count: 3, scale: 'log' },
    })
    expect([grid.columns.length, grid.rows]).toEqual([12, [4, 16, 64]])
  })

  it('do not depend on the value that the field has, so that a link opens the same map after a choice', () => {
    fc.assert(
      fc.property(fieldsAndSpec, fc.constantFrom(...variableFields), fc.nat(), ({ spec }, field, choice) => {
        const values = variedValues(field, spec)
        fc.pre(values.length > 0)
        const chosen = specWith(spec, { [field]: values[choice % values.length] })!
        expect(variedValues(field, chosen)).toEqual(values)
      }),
      { numRuns: 200 },
    )
  })

  it('are distinct, within the limits and ascending, whatever the other settings', () => {
    fc.assert(
      fc.property(fieldsAndSpec, fc.constantFrom(...variableFields), ({ spec }, field) => {
        const values = variedValues(field, spec)
        expect(values.length).toBeLessThanOrEqual(mostCells.columns)
        const sizes = values.map((value) => (value === 'full' ? Infinity : value))
        expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b))
        for (const value of values) expect(specWith(spec, { [field]: value })?.[field]).toBe(value)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the grid of a map', () => {
  it('has the columns of the first field and the rows of the second', () => {
    const { columns, rows, specs } = specGrid(tutorial, ['learningRate', 'batchSize'])
    expect([columns.length, rows.length, specs.length]).toEqual([12, 8, 96])
    expect(new Set(specs.map((spec) => permalink(spec!))).size).toBe(96)
    expect(specs[13]).toEqual(completeSpec({ learningRate: columns[1] as number, batchSize: rows[1] as number }))
  })

  it('has one row for one field, and no experiment where two values contradict each other', () => {
    expect(specGrid(tutorial, ['momentum']).rows).toEqual([undefined])
    const { columns, rows, specs } = specGrid(completeSpec({ examples: 5000 }), ['batchSize', 'examples'])
    const at = (column: ExperimentSpec['batchSize'], row: number) =>
      specs[rows.indexOf(row) * columns.length + columns.indexOf(column)]
    expect(at('full', 10)).toMatchObject({ batchSize: 'full', examples: 10 })
    expect(at(columns.at(-2)!, 10)).toBeUndefined()
  })
})

it('the grid of two fields stays when a cell is chosen', () => {
  const two = fc
    .tuple(fc.constantFrom(...variableFields), fc.constantFrom(...variableFields))
    .filter(([a, b]) => a !== b)
  fc.assert(
    fc.property(fieldsAndSpec, two, fc.nat(), ({ spec }, fields, choice) => {
      const { columns, rows, specs } = specGrid(spec, fields)
      const chosen = specs.filter((one) => one !== undefined)
      fc.pre(chosen.length > 0)
      expect(specGrid(chosen[choice % chosen.length]!, fields)).toMatchObject({ columns, rows })
    }),
    { numRuns: 100 },
  )
})

describe('the order of training', () => {
  it('takes each cell once, and has seen every part of the map after an eighth of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 16 }), (columns, rows) => {
        const order = coarseToFine(columns, rows)
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: columns * rows }, (_, cell) => cell))
      }),
    )
    const early = coarseToFine(12, 8).slice(0, 12)
    const quarterOf = (cell: number) => `${cell % 12 < 6} ${Math.floor(cell / 12) < 4}`
    expect(new Set(early.map(quarterOf)).size).toBe(4)
  })
})

it('every field that can vary has a control with a title', () => {
  for (const field of variableFields) expect(controlOf(field).title).not.toBe('')
})
