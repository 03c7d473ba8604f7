/** The route `/api/boundary`: the first run's predictions at every point of a grid over the plane. */
import type { Handler } from 'hono'

import { boundarySpec } from '#experiment/spec/data-kind.ts'
import { digest } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { BoundaryCache } from '#results/boundaries.ts'

import { respond } from './cached-response.ts'
import { callerOf, type WorkerApp } from './environment.ts'

export function getBoundary(boundaries: BoundaryCache): Handler<WorkerApp> {
  return async (c) => {
    const spec = boundarySpec(readSpec(new URL(c.req.url).searchParams, {}, 'refuse').spec)
    return respond(c, {
      type: 'application/json',
      identity: `boundary-${await digest(spec)}`,
      need: () => boundaries.get(spec, callerOf(c)),
      make: ({ boundary }) => JSON.stringify(boundary),
    })
  }
}
