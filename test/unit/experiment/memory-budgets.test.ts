import { globSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import * as budgets from '../../../worker/experiment/memory-budgets.ts'

/** Caches of which an isolate has several: kinds of measurements, and routes that remember queries. */
const several: Partial<Record<keyof typeof budgets, number>> = { eachMeasurement: 4, queriesOfRoute: 2 }

const sources = globSync('worker/**/*.{ts,tsx}').map((file) => readFileSync(file, 'utf8'))
const count = (pattern: RegExp) => sources.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0)

describe('the memory of the caches', () => {
  it('is in one table: every cache takes its bytes from a row, and every row is the bytes of one cache', () => {
    const rows = sources.flatMap((text) =>
      [...text.matchAll(/new LruCache(?:<.*>)?\(\s*(?:memoryBudgets\.)?([\w.]+)/g)].map(([, row]) => row!),
    )
    expect(new Set(rows)).toEqual(new Set(Object.keys(budgets)))
    expect(rows).toHaveLength(Object.keys(budgets).length)
  })

  it('is at most half of what a Worker has, all of them together', () => {
    expect(count(/new MeasurementCache\(/g)).toBe(several.eachMeasurement)
    expect(count(/= memoizeQuery\(/g)).toBe(several.queriesOfRoute)
    const bytes = Object.entries(budgets).map(([row, each]) => each * (several[row as keyof typeof budgets] ?? 1))
    expect(bytes.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(64 * 2 ** 20)
  })
})
