/** The route `/api/generalization`: the accuracy of each run on many fresh examples, next to that on its test
 * split, and the paired difference from a pinned experiment. */
import type { Handler } from 'hono'

import { readGeneralization } from '#experiment/result/generalization-question.ts'
import type { GeneralizationCache } from '#results/measurements.ts'

import { respond } from './cached-response.ts'
import { callerOf, type WorkerApp } from './environment.ts'

export function getGeneralization(generalizations: GeneralizationCache): Handler<WorkerApp> {
  return async (c) => {
    const question = readGeneralization(new URL(c.req.url).searchParams)
    return respond(c, {
      type: 'application/json',
      identity: await generalizations.keyOf(question),
      need: () => generalizations.get(question, callerOf(c)),
      make: ({ value }) => JSON.stringify(value),
    })
  }
}
