/** What becomes of the CSV in the readers that people use: each column has one type, whatever the values are. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { csvOf } from '#experiment/result/csv.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { column, emptyNumbers, metrics, type Numbers } from '#experiment/result/numbers.ts'
import { sweepColumns, sweepCsv, sweepRow } from '#experiment/result/sweep-rows.ts'
import { cellText } from '#experiment/spec/fields.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { readQuery } from '#experiment/spec/query.ts'
import { completeSpec, specFields, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const spec = completeSpec({ epochs: 3, seeds: 2, seed: 4294967294 })
const names = ['seed', 'epoch', ...metrics]
const floats = metrics.map(() => 'float')

/** Any float32 that a metric can be: whole, tiny, huge, the largest; NaN where a run has diverged. */
const value = fc.oneof(
  fc.float({ min: 0, noDefaultInfinity: true }),
  fc
    .float({ min: Math.fround(1e14), max: Math.fround(1e22), noNaN: true })
    .map(Math.round)
    .map(Math.fround),
  fc.integer({ min: 0, max: 10 }),
  fc.constant(NaN),
)
const numbersOf = (given: readonly number[]): Numbers => {
  const numbers = emptyNumbers(spec)
  given.forEach((each, index) => {
    if (Number.isFinite(each)) numbers[index] = each
  })
  return numbers
}
const anyNumbers = fc
  .array(value, { minLength: emptyNumbers(spec).length, maxLength: emptyNumbers(spec).length })
  .map(numbersOf)
const fileOf = (numbers: Numbers, of: ExperimentSpec = spec) => [...csvOf(of, numbers)].join('')

/** The cells of a file, by column. */
function columnsOf(file: string): string[][] {
  const [header, ...rows] = file.trimEnd().split('\r\n')
  return header!.split(',').map((_, index) => rows.map((row) => row.split(',')[index]!))
}

const isWhole = (cell: string) => /^[+-]?\d+$/.test(cell)
const isNumber = (cell: string) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)

/**
 * pandas, with its defaults: digits alone are whole numbers, of 64 bits while they fit; numbers and empty cells are
 * floats; all else is text. Digits beyond 64 bits are no numbers to it, or wrap.
 */
function inPandas(cells: string[]): string {
  if (cells.every(isWhole)) return cells.every((cell) => BigInt(cell) < 2n ** 63n) ? 'whole' : 'text'
  if (cells.some((cell) => isWhole(cell) && BigInt(cell) >= 2n ** 63n)) return 'text'
  return cells.every((cell) => cell === '' || isNumber(cell)) ? 'float' : 'text'
}

/** R's read.csv: nothing at all is logical, which counts as a number; digits alone are integers while they fit 32 bits. */
function inR(cells: string[]): string {
  const present = cells.filter((cell) => cell !== '')
  if (present.length === 0) return 'nothing'
  if (present.every((cell) => isWhole(cell) && Number(cell) < 2 ** 31)) return 'whole'
  return present.every(isNumber) ? 'float' : 'text'
}

describe('the CSV', () => {
  it('has by pandas’ rules two columns of whole numbers and six of floats, for any numbers', () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        expect(columnsOf(fileOf(numbers)).map(inPandas)).toEqual(['whole', 'whole', ...floats])
      }),
    )
    expect(columnsOf(fileOf(emptyNumbers(spec))).map(inPandas)).toEqual(['whole', 'whole', ...floats])
  })

  it('has by R’s rules no column of metrics that is text or whole numbers, for any numbers', () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        for (const cells of columnsOf(fileOf(numbers)).slice(2)) expect(['float', 'nothing']).toContain(inR(cells))
      }),
    )
  })
})

describe('DuckDB', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'minibatch-csv-')), 'experiment.csv')
  let database: DuckDBInstance
  beforeAll(async () => {
    database = await DuckDBInstance.create(':memory:')
  })
  afterAll(() => database.closeSync())

  /** Reads a file; answers with its types and its rows. */
  async function read(file: string, options = '') {
    writeFileSync(path, file)
    const connection = await database.connect()
    const table = await connection.runAndReadAll(`SELECT * FROM read_csv('${path}'${options})`)
    connection.closeSync()
    return { names: table.columnNames(), types: table.columnTypes().map(String), rows: table.getRowsJS() }
  }

  it('reads every value to the bit, and every column with the same type', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyNumbers.filter((numbers) => metrics.every((metric) => Number.isFinite(column(numbers, spec, 0, metric)[0]))),
        async (numbers) => {
          const table = await read(fileOf(numbers))
          expect(table.names).toEqual(names)
          expect(table.types).toEqual(['BIGINT', 'BIGINT', ...metrics.map(() => 'DOUBLE')])
          const expected = [0, 1].flatMap((run) =>
            [0, 1, 2].map((epoch) => metrics.map((metric) => column(numbers, spec, run, metric)[epoch]!)),
          )
          const cells = table.rows.map((row) => row.slice(2).map((cell) => Math.fround((cell as number) ?? NaN)))
          expect(cells).toEqual(expected)
          expect(table.rows.map(([seed, epoch]) => [Number(seed), Number(epoch)])).toEqual(
            [4294967294, 4294967295].flatMap((seed) => [1, 2, 3].map((epoch) => [seed, epoch])),
          )
        },
      ),
      { numRuns: 30 },
    )
  })

  it('reads columns that are empty from the first row on as numbers where it is told their type', async () => {
    const types = metrics.map((metric) => `'${metric}': 'DOUBLE'`).join(', ')
    const table = await read(fileOf(emptyNumbers(spec)), `, types = {${types}}`)
    expect(table.types).toEqual(['BIGINT', 'BIGINT', ...metrics.map(() => 'DOUBLE')])
    expect(table.rows.every((row) => row.slice(2).every((cell) => cell === null))).toBe(true)
  })

  it('reads a sweep: what varies, counts as whole numbers, statistics as floats, to the digit', async () => {
    const specs = [4, 'full' as const].map((batchSize) => completeSpec({ batchSize, epochs: 40, seeds: 2 }))
    const numbers = emptyNumbers({ epochs: 40, seeds: 2 })
    numbers.fill(0.75)
    const rows = specs.map((one) => {
      const { summary } = deriveResult(one, { digest: '', fingerprint: '', numbers }, { histories: 0 })
      return sweepRow(one, ['batchSize'], { summary, digest: 'a'.repeat(64), fingerprint: 'b'.repeat(64) })
    })
    const table = await read(sweepCsv({ varied: ['batchSize'], rows }))
    expect(table.names).toEqual(['batchSize', ...sweepColumns])
    const of = (name: string) => {
      const at = table.names.indexOf(name)
      return [table.types[at], ...table.rows.map((row) => (typeof row[at] === 'bigint' ? Number(row[at]) : row[at]))]
    }
    expect(of('batchSize')).toEqual(['VARCHAR', '4', 'full'])
    expect(of('updates')).toEqual(['BIGINT', 5000, 40])
    expect(of('testAccuracyMean')).toEqual(['DOUBLE', 0.75, 0.75])
    expect(of('instabilityMean')).toEqual(['DOUBLE', 0, 0])
    expect(of('epochsTo80Reached')).toEqual(['BIGINT', 0, 0])
    expect(of('epochsTo80P50').slice(1)).toEqual([null, null])
    expect(of('permalink').slice(1)).toEqual(rows.map(({ permalink }) => permalink))
  })

  it('reads layers and schedules as text, and a query reads that text as the same setting', async () => {
    const lists = [
      'hiddenUnits=5-10,10-5,12-31-1&batchSize=4',
      'batchSizeSchedule=10:32,5:16,10:32-16:full&batchSize=4',
      'learningRateSchedule=10:0.001,5:0.00001-9:0.1,linear',
      'hiddenUnits=5-10,10-5&batchSizeSchedule=10:32,12:30&batchSize=4',
    ]
    for (const list of lists) {
      const { specs, varied } = readSweep(new URLSearchParams(`${list}&epochs=20`), {})
      const numbers = emptyNumbers({ epochs: 20, seeds: 1 })
      const rows = specs.map((one) => {
        const { summary } = deriveResult(one, { digest: '', fingerprint: '', numbers }, { histories: 0 })
        return sweepRow(one, varied, { summary, digest: 'a'.repeat(64), fingerprint: 'b'.repeat(64) })
      })
      const table = await read(sweepCsv({ varied: [...varied], rows }))
      expect([list, ...table.types.slice(0, varied.length)]).toEqual([list, ...varied.map(() => 'VARCHAR')])
      const again = table.rows.map((row) => readSpec([...cellsOf(list, varied, row)], {}, 'refuse').spec)
      expect(again).toEqual(specs)
      // JavaScript's own reader of dates, which vega and others ask, takes almost anything for one.
      for (const cell of table.rows.flatMap((row) => row.slice(0, varied.length)))
        expect([cell, Date.parse(cell as string)]).toEqual([cell, NaN])
    }
  })

  /** The query that a row's cells are, with what the list has beside them. */
  function cellsOf(list: string, varied: readonly string[], row: readonly unknown[]): Map<string, string> {
    const rest = [...new URLSearchParams(`${list}&epochs=20`)].filter(([field]) => !varied.includes(field))
    return new Map([...rest, ...varied.map((field, at): [string, string] => [field, String(row[at])])])
  }
})

it('no cell of layers or of a schedule looks like a number, a date or a time to anyone, and each is read back', () => {
  fc.assert(
    fc.property(fieldsAndSpec, ({ spec: any }) => {
      for (const field of ['hiddenUnits', 'batchSizeSchedule', 'learningRateSchedule'] as const) {
        const text = any[field]
        const cell = cellText(specFields[field], text)
        // One layer is a whole number, and stays one.
        if (/^\d+$/.test(text)) expect(cell).toBe(text)
        else expect(cell).toMatch(/^(?:[a-z]+|\d+(?:x\d+)+|\d+to[\w.]+(?:-\d+to[\w.]+|e?-\d+)*)$/)
        expect(readQuery(specFields, [[field, cell]], 'refuse')).toEqual({ [field]: text })
      }
    }),
    { numRuns: 300, seed: 6 },
  )
})
