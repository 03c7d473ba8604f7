/**
 * Errors as RFC 9457 problem details: one body everywhere, and never more than the client can use.
 */
import type { Context, ErrorHandler, Hono, MiddlewareHandler, NotFoundHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

import { InvalidQuery, type FieldError } from '#experiment/errors.ts'
import { BusyError } from '#results/trainings.ts'

import { RateError, TrainingsOffError } from './admission.ts'
import type { App } from './environment.ts'

/** The longest URL that is read, in characters: about ten times the longest permalink. */
const longestUrl = 8192
/** When to come back, in seconds: after trainings that are in flight, at the next count, when an operator had time. */
const retryAfter = { busy: 2, rate: 60, off: 600 }

interface Problem {
  status: ContentfulStatusCode
  title: string
  detail: string
  errors?: FieldError[]
  headers?: Record<string, string>
}

/** The answer to a request that cannot be served. */
function problem(c: Context, { headers, ...body }: Problem): Response {
  return c.body(JSON.stringify({ type: 'about:blank', ...body }), body.status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...headers,
  })
}

/** What went wrong, for those who asked: the words of expected errors, nothing of unexpected ones. */
export function problemOf(error: unknown): Problem {
  if (error instanceof InvalidQuery) {
    const title = error.status === 400 ? 'The query cannot be read' : 'The query asks for what cannot be given'
    return { status: error.status, title, detail: error.message, errors: error.errors }
  }
  if (error instanceof BusyError) return later(503, 'Too many trainings at once', retryAfter.busy)
  if (error instanceof RateError) return later(429, 'Too many new experiments from one address', retryAfter.rate)
  if (error instanceof TrainingsOffError) return later(503, 'New experiments are turned off for now', retryAfter.off)
  return { status: 500, title: 'Internal error', detail: 'This is a fault of the server, not of the request.' }
}

/** Refuses a training for a while. */
function later(status: 429 | 503, title: string, seconds: number): Problem {
  const detail = `Everything that was trained before is still served. Try again in ${seconds} seconds.`
  return { status, title, detail, headers: { 'Retry-After': String(seconds) } }
}

export const answerError: ErrorHandler<App> = (error, c) => {
  const answer = problemOf(error)
  if (answer.status === 500) console.error(error)
  return problem(c, answer)
}

export const notFound: NotFoundHandler<App> = (c) =>
  problem(c, { status: 404, title: 'Not found', detail: `There is nothing at ${c.req.path.slice(0, 100)}.` })

/** 405 for a path that has a route, with another method. */
export function methodNotAllowed(app: Hono<App>): MiddlewareHandler<App> {
  return async (c, next) => {
    if (!app.routes.some(({ method, path }) => method === 'GET' && path === c.req.path)) return next()
    return problem(c, {
      status: 405,
      title: 'Method not allowed',
      detail: `${c.req.path} can be read with GET and HEAD.`,
      headers: { Allow: 'GET, HEAD, OPTIONS' },
    })
  }
}

/** 414 before anything of a long URL is looked at. */
export const refuseLongUrls: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.url.length <= longestUrl) return next()
  return problem(c, {
    status: 414,
    title: 'The URL is too long',
    detail: `The URL has ${c.req.url.length} characters; at most ${longestUrl} are read.`,
  })
}
