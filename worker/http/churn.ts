/** The route `/api/churn`: which test examples change class from epoch to epoch at the end of the first run. */
import type { Handler } from 'hono'

import { churnSpec } from '#experiment/result/churn.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { ChurnCache } from '#results/measurements.ts'

import { respond } from './cached-response.ts'
import { callerOf, type WorkerApp } from './environment.ts'

export function getChurn(churns: ChurnCache): Handler<WorkerApp> {
  return async (c) => {
    const question = { spec: churnSpec(readSpec(new URL(c.req.url).searchParams, {}, 'refuse').spec) }
    return respond(c, {
      type: 'application/json',
      identity: await churns.keyOf(question),
      need: () => churns.get(question, callerOf(c)),
      make: ({ value }) => JSON.stringify(value),
    })
  }
}
