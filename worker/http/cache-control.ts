/**
 * Middleware that sets `no-store` on responses without a `Cache-Control` header, which the edge would otherwise cache
 * for hours.
 */
import type { MiddlewareHandler } from 'hono'

import { cachePolicies } from '#security/cache-control.ts'

import type { WorkerApp } from './environment.ts'

export const defaultToNoStore: MiddlewareHandler<WorkerApp> = async (c, next) => {
  await next()
  const { headers } = c.res
  if (headers.has('Cache-Control')) return
  for (const [name, value] of Object.entries(cachePolicies.never)) headers.set(name, value)
}
