/**
 * `/api/boundary`: the class that the first run predicts, all over the plane.
 */
import type { Handler } from 'hono'

import { digest } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Boundaries } from '#results/boundaries.ts'

import { callerOf, type App } from './environment.ts'
import { cacheStatus, represent } from './representation.ts'

export function getBoundary(boundaries: Boundaries): Handler<App> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    return represent(c, {
      type: 'application/json',
      identity: `boundary-${await digest(spec)}`,
      make: async () => {
        const { boundary, source } = await boundaries.get(spec, callerOf(c))
        return { body: JSON.stringify(boundary), headers: cacheStatus({ source }) }
      },
    })
  }
}
