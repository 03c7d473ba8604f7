/**
 * Error handling: every error becomes a response with RFC 9457 problem details, which contains no more than the client
 * can use.
 */
import type { Context, ErrorHandler, Hono, MiddlewareHandler, NotFoundHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as z from 'zod/mini'

import { InvalidQuery } from '#experiment/spec/errors.ts'
import { FieldError } from '#experiment/spec/field-error.ts'
import { BusyError } from '#results/training-queue.ts'
import { cachePolicies } from '#security/cache-control.ts'

import { TrainingsOffError } from './admission.ts'
import { AssemblyError } from './assembly-memory.ts'
import type { WorkerApp } from './environment.ts'
import { SiteError, loadTemplate } from './page-template.ts'
import { logFault } from './request-log.ts'
import { RateError } from './work-quota.ts'

/** The longest URL that is accepted, in characters: about ten times the longest permalink. */
const longestUrl = 8192
/**
 * `Retry-After` in seconds: while too many trainings are running, after a short outage, and while an operator has
 * turned trainings off.
 */
const retryAfter = { busy: 2, site: 10, off: 600 }

/** The body of every error, as RFC 9457 defines it. */
export const ProblemAnswer = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string().check(z.describe('What went wrong, in a few words.')),
  status: z.int().check(z.minimum(400), z.maximum(599)),
  detail: z.string().check(z.describe('What went wrong this time.')),
  errors: z.optional(z.array(FieldError).check(z.describe('What is wrong with which field of the query.'))),
})

/** The details of an error response. */
export interface ProblemDetails extends Omit<z.output<typeof ProblemAnswer>, 'type' | 'status'> {
  status: ContentfulStatusCode
  headers?: Record<string, string>
}

/** A request that a route refuses for a reason of its own. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly answer: ProblemDetails

  constructor(answer: ProblemDetails) {
    super(answer.detail)
    this.answer = answer
  }
}

/** The response with a problem. */
function problem(c: Context, answer: ProblemDetails): Response {
  return c.body(problemBody(answer), answer.status, {
    'Content-Type': 'application/problem+json',
    ...cachePolicies.never,
    ...answer.headers,
  })
}

/** The JSON of a problem. */
export function problemBody(answer: ProblemDetails): string {
  return JSON.stringify({ type: 'about:blank', ...answer, headers: undefined })
}

/** The problem that an error is reported as. Expected errors are described; unexpected ones reveal nothing. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof Refusal) return error.answer
  if (error instanceof InvalidQuery) {
    const title = error.status === 400 ? 'The query cannot be read' : 'The query asks for what cannot be given'
    return { status: error.status, title, detail: error.message, errors: error.errors }
  }
  if (error instanceof BusyError) return later(503, 'Too many trainings at once', retryAfter.busy)
  if (error instanceof AssemblyError)
    return {
      ...later(503, 'Too many large answers at once', retryAfter.busy),
      detail: `Smaller answers are still served. Try again in ${retryAfter.busy} seconds.`,
    }
  if (error instanceof RateError) return later(429, 'Too many new experiments from one address', error.seconds)
  if (error instanceof TrainingsOffError) return later(503, 'New experiments are turned off for now', retryAfter.off)
  if (error instanceof SiteError)
    return {
      status: 500,
      title: 'This page cannot be shown for the moment',
      detail: `The API answers all the same. Try again in ${retryAfter.site} seconds.`,
      headers: { 'Retry-After': String(retryAfter.site) },
    }
  return { status: 500, title: 'Internal error', detail: 'This is a fault of the server, not of the request.' }
}

/** The problem of a training that is refused temporarily. */
function later(status: 429 | 503, title: string, seconds: number): ProblemDetails {
  const detail = `Everything that was trained before is still served. Try again in ${seconds} seconds.`
  return { status, title, detail, headers: { 'Retry-After': String(seconds) } }
}

export const answerError: ErrorHandler<WorkerApp> = (error, c) => {
  const answer = problemOf(error)
  // A disconnected client is not a fault and receives nothing.
  if (answer.status === 500 && !c.req.raw.signal.aborted) logFault(error)
  return error instanceof SiteError ? plainPage(c, answer) : problem(c, answer)
}

/** A problem as an HTML page that needs no file of the site. All texts are our own, so nothing has to be escaped. */
function plainPage(c: Context, { status, title, detail, headers }: ProblemDetails): Response {
  const page = `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><p>${detail}</p></html>`
  return c.body(page, status, { ...headers, 'Content-Type': 'text/html; charset=utf-8', ...cachePolicies.never })
}

export const nothingAt = (path: string): ProblemDetails => ({
  status: 404,
  title: 'Not found',
  detail: `There is nothing at ${path.slice(0, 100)}.`,
})

export const jsonOnly: ProblemDetails = {
  status: 501,
  title: 'Not implemented',
  detail: 'The answer can be had as json only.',
}

export const readOnly = (path: string): ProblemDetails => ({
  status: 405,
  title: 'Method not allowed',
  detail: `${path} can be read with GET and HEAD.`,
  headers: { Allow: 'GET, HEAD, OPTIONS' },
})

export const tooLong = (characters: number): ProblemDetails => ({
  status: 414,
  title: 'The URL is too long',
  detail: `The URL has ${characters} characters; at most ${longestUrl} are read.`,
})

const lostPage = '/404'
export const isReading = ({ req }: Context<WorkerApp>) => req.method === 'GET' || req.method === 'HEAD'

/** The 404 page if it is requested by its own path, otherwise a problem. */
export const notFound: NotFoundHandler<WorkerApp> = async (c) => {
  if (c.req.path !== lostPage || !isReading(c)) return problem(c, nothingAt(c.req.path))
  const page = await loadTemplate(c, lostPage, 'GET')
  return c.body(await page.text(), 404, { 'Content-Type': 'text/html; charset=utf-8', ...cachePolicies.never })
}

/** Whether a path is that of a GET route. */
export const isRoute = (app: Hono<WorkerApp>, path: string): boolean =>
  app.routes.some((route) => route.method === 'GET' && route.path === path)

/** Middleware that answers other methods of a route's path with 405. */
export function methodNotAllowed(app: Hono<WorkerApp>): MiddlewareHandler<WorkerApp> {
  return async (c, next) => {
    if (!isRoute(app, c.req.path)) return next()
    return problem(c, readOnly(c.req.path))
  }
}

const noUrl: ProblemDetails = {
  status: 400,
  title: 'The address cannot be read',
  detail: 'The Host header is not the name of a host.',
}

/**
 * Middleware that answers too long URLs with 414 before reading them, and invalid ones, which a Host header can cause,
 * with 400.
 */
export const refuseBadUrls: MiddlewareHandler<WorkerApp> = async (c, next) => {
  if (c.req.url.length > longestUrl) return problem(c, tooLong(c.req.url.length))
  return URL.canParse(c.req.url) ? next() : problem(c, noUrl)
}
