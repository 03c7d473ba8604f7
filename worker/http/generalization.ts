/**
 * `/api/generalization`: how often each run is right on many fresh points, beside its test half.
 */
import type { Handler } from 'hono'

import { freshExamples } from '#dataset/fresh.ts'
import { requireBudget } from '#experiment/budget.ts'
import { digest } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'
import { trainRows } from '#experiment/rows.ts'
import { predictionsWork } from '#experiment/work.ts'
import type { Generalizations } from '#results/measurements.ts'

import { callerOf, type App } from './environment.ts'
import { represent } from './representation.ts'

export function getGeneralization(generalizations: Generalizations): Handler<App> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    requireBudget(spec, (of) => predictionsWork(of, freshExamples + of.examples - trainRows(of)))
    return represent(c, {
      type: 'application/json',
      identity: `generalization-${await digest(spec)}`,
      need: () => generalizations.get(spec, callerOf(c)),
      make: ({ value }) => JSON.stringify(value),
    })
  }
}
