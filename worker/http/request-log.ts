/**
 * What is written down of requests and faults, as JSON for Workers Logs. Never who asked and never what was asked for: no
 * address, no header of the client, no query.
 */
import type { Hono, MiddlewareHandler } from 'hono'

import type { WorkerApp } from './environment.ts'

/** One line for every request that reaches the Worker: what the edge's cache answers is not seen here. */
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
        // Any other path is what someone typed.
        path: paths.has(c.req.path) ? c.req.path : 'unknown',
        status,
        cache: headers.get('Cache-Status') ?? 'none',
        deployment: c.env.VERSION.id,
      }),
    )
  }
}

/** One line for a fault of the server, with its place in the code. Addresses in its words lose their query. */
export function logFault(error: unknown): void {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const plain = (text: string) => text.replaceAll(/\?[^\s'"`)]*/g, '?…')
  console.error(JSON.stringify({ event: 'fault', name, message: plain(message), stack: plain(stack) }))
}
