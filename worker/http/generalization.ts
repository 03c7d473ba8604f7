/** The route `/api/generalization`: the accuracy of each run on many fresh points, next to that on its test split. */
import type { Handler } from 'hono'

import { requirePredictions } from '#experiment/result/generalization.ts'
import { requireFresh } from '#experiment/spec/data-kind.ts'
import { digest } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { GeneralizationCache } from '#results/measurements.ts'

import { respond } from './cached-response.ts'
import { callerOf, type WorkerApp } from './environment.ts'

export function getGeneralization(generalizations: GeneralizationCache): Handler<WorkerApp> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    requireFresh(spec)
    requirePredictions(spec)
    return respond(c, {
      type: 'application/json',
      identity: `generalization-${await digest(spec)}`,
      need: () => generalizations.get(spec, callerOf(c)),
      make: ({ value }) => JSON.stringify(value),
    })
  }
}
