/**
 * Logs requests and faults as JSON lines for Workers Logs. The log never contains who made a request or what it asked
 * for: no client address, no request header, no query.
 */
import type { Hono, MiddlewareHandler } from 'hono'

import type { WorkerApp } from './environment.ts'

/**
 * Middleware that logs one line for every request that reaches the Worker. Responses from the edge's cache are not
 * included.
 */
export function logRequests(app: Hono<WorkerApp>): MiddlewareHandler<WorkerApp> {
  let paths: ReadonlySet<string> | undefined
  return async (c, next) => {
    await next()
    const { status, headers } = c.res
    paths ??= new Set(app.routes.map(({ path }) => path))
    console.log(
      JSON.stringify({
        event: 'request',
        method: c.req.method,
        // Other paths are typed by clients and are not logged.
        path: paths.has(c.req.path) ? c.req.path : 'unknown',
        status,
        cache: headers.get('Cache-Status') ?? 'none',
        deployment: c.env.VERSION.id,
      }),
    )
  }
}

/** Logs one line for a server fault, with its stack. The queries of URLs in it are removed. */
export function logFault(error: unknown): void {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const plain = (text: string) => text.replaceAll(/\?[^\s'"`)]*/g, '?…')
  console.error(JSON.stringify({ event: 'fault', name, message: plain(message), stack: plain(stack) }))
}
