/**
 * A path with a trailing slash leads to the route without one, as it does for the pages of the site.
 */
import type { Hono, MiddlewareHandler } from 'hono'

import type { WorkerApp } from './environment.ts'
import { isReading, isRoute } from './problems.ts'

/** 308 from a route's path with a trailing slash to the route; the query is kept. */
export function redirectTrailingSlash(app: Hono<WorkerApp>): MiddlewareHandler<WorkerApp> {
  return async (c, next) => {
    const path = c.req.path.replace(/\/$/, '')
    if (path === c.req.path || !isReading(c) || !isRoute(app, path)) return next()
    return c.redirect(path + new URL(c.req.url).search, 308)
  }
}
