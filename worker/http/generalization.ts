/**
 * `/api/generalization`: how often each run is right on many fresh points, beside its test half.
 */
import type { Handler } from 'hono'

import { digest } from '#experiment/digest.ts'
import { requirePredictions } from '#experiment/generalization.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Generalizations } from '#results/measurements.ts'

import { callerOf, type App } from './environment.ts'
import { represent } from './representation.ts'

export function getGeneralization(generalizations: Generalizations): Handler<App> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    requirePredictions(spec)
    return represent(c, {
      type: 'application/json',
      identity: `generalization-${await digest(spec)}`,
      need: () => generalizations.get(spec, callerOf(c)),
      make: ({ value }) => JSON.stringify(value),
    })
  }
}
