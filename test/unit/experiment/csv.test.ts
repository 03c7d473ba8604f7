import { describe, expect, it } from 'vitest'

import { csvOf } from '#experiment/result/csv.ts'
import { floatText } from '#experiment/result/decimal.ts'
import { column, emptyNumbers, metrics } from '#experiment/result/numbers.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

const spec = completeSpec({ seed: 7, seeds: 2, epochs: 3 })
const numbers = emptyNumbers(spec)
for (const metric of metrics) column(numbers, spec, 0, metric).set([0.1, 0.25, 1e-9])
for (const metric of metrics) column(numbers, spec, 1, metric).set([2])
const [header, ...rows] = [...csvOf(spec, numbers)].join('').split('\r\n')

describe('the CSV', () => {
  it('has a header and one row per seed and epoch, and ends with a line end', () => {
    expect(header).toBe('seed,epoch,runningLoss,runningAccuracy,trainLoss,trainAccuracy,testLoss,testAccuracy')
    expect(rows.map((row) => row.split(',', 2).join(','))).toEqual(['7,1', '7,2', '7,3', '8,1', '8,2', '8,3', ''])
  })

  it('holds the same decimals as the JSON, and nothing where a run has diverged', () => {
    expect(rows[0]).toBe(`7,1${',0.1'.repeat(6)}`)
    expect(rows[2]).toBe(`7,3${',1e-9'.repeat(6)}`)
    expect(rows[4]).toBe(`8,2${','.repeat(6)}`)
  })

  it('spells floats as floats: with a point, or an exponent from 1e15', () => {
    expect(rows[3]).toBe(`8,1${',2.0'.repeat(6)}`)
    expect([0, 1, 5219224600, 1e14, 999999000000000].map(floatText)).toEqual([
      '0.0',
      '1.0',
      '5219224600.0',
      '100000000000000.0',
      '999999000000000.0',
    ])
    expect([1e15, 527764420000000000000, 3.4028235e38, 1e-9].map(floatText)).toEqual([
      '1e+15',
      '5.2776442e+20',
      '3.4028235e+38',
      '1e-9',
    ])
  })
})
