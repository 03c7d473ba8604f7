/** Redirects a path with a trailing slash to the route without it, as the site's pages do. */
import type { Hono, MiddlewareHandler } from 'hono'

import type { WorkerApp } from './environment.ts'
import { isReading, isRoute } from './problems.ts'

/**
 * Middleware that answers a route's path with a trailing slash with a redirect (308) to the route, keeping the query.
 */
export function redirectTrailingSlash(app: Hono<WorkerApp>): MiddlewareHandler<WorkerApp> {
  return async (c, next) => {
    const path = c.req.path.replace(/\/$/, '')
    if (path === c.req.path || !isReading(c) || !isRoute(app, path)) return next()
    return c.redirect(path + new URL(c.req.url).search, 308)
  }
}
