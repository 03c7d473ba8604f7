/**
 * Errors as RFC 9457 problem details: one body everywhere, and never more than the client can use.
 */
import type { Context, ErrorHandler, Hono, MiddlewareHandler, NotFoundHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as z from 'zod/mini'

import { InvalidQuery } from '#experiment/errors.ts'
import { FieldError } from '#experiment/field-error.ts'
import { BusyError } from '#results/flights.ts'
import { keeping } from '#security/keeping.ts'

import { TrainingsOffError } from './admission.ts'
import { AssemblyError } from './assemblies.ts'
import type { App } from './environment.ts'
import { logFault } from './log.ts'
import { AnswerRateError, RateError } from './shares.ts'
import { SiteError, templateOf } from './template.ts'

/** The longest URL that is read, in characters: about ten times the longest permalink. */
const longestUrl = 8192
/** When to come back, in seconds: after trainings that are in flight, a short fault, and when an operator had time. */
const retryAfter = { busy: 2, site: 10, off: 600 }

/** The body of every error: RFC 9457. */
export const ProblemAnswer = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string().check(z.describe('What went wrong, in a few words.')),
  status: z.int().check(z.minimum(400), z.maximum(599)),
  detail: z.string().check(z.describe('What went wrong this time.')),
  errors: z.optional(z.array(FieldError).check(z.describe('What is wrong with which field of the query.'))),
})

/** What cannot be served, and why. */
export interface Problem extends Omit<z.output<typeof ProblemAnswer>, 'type' | 'status'> {
  status: ContentfulStatusCode
  headers?: Record<string, string>
}

/** A request that a route has its own reasons not to serve. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly answer: Problem

  constructor(answer: Problem) {
    super(answer.detail)
    this.answer = answer
  }
}

/** The answer to a request that cannot be served. */
function problem(c: Context, answer: Problem): Response {
  return c.body(problemBody(answer), answer.status, {
    'Content-Type': 'application/problem+json',
    ...keeping.never,
    ...answer.headers,
  })
}

/** A problem as JSON. */
export function problemBody(answer: Problem): string {
  return JSON.stringify({ type: 'about:blank', ...answer, headers: undefined })
}

/** What went wrong, for those who asked: the words of expected errors, nothing of unexpected ones. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.answer
  if (error instanceof InvalidQuery) {
    const title = error.status === 400 ? 'The query cannot be read' : 'The query asks for what cannot be given'
    return { status: error.status, title, detail: error.message, errors: error.errors }
  }
  if (error instanceof BusyError) return later(503, 'Too many trainings at once', retryAfter.busy)
  if (error instanceof AssemblyError) return later(503, 'Too many large answers at once', retryAfter.busy, smaller)
  if (error instanceof AnswerRateError)
    return later(429, 'Too many large answers for one address', error.seconds, smaller)
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

/** What is still served where new trainings are refused, and where large answers are. */
const trained = 'Everything that was trained before is'
const smaller = 'Smaller answers are'

/** Refuses something for a while. */
function later(status: 429 | 503, title: string, seconds: number, served = trained): Problem {
  const detail = `${served} still served. Try again in ${seconds} seconds.`
  return { status, title, detail, headers: { 'Retry-After': String(seconds) } }
}

export const answerError: ErrorHandler<App> = (error, c) => {
  const answer = problemOf(error)
  // A client that went away is no fault, and hears of nothing.
  if (answer.status === 500 && !c.req.raw.signal.aborted) logFault(error)
  return error instanceof SiteError ? plainPage(c, answer) : problem(c, answer)
}

/** A problem as a page that needs nothing of the site. Its words are ours, so there is nothing to escape. */
function plainPage(c: Context, { status, title, detail, headers }: Problem): Response {
  const page = `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><p>${detail}</p></html>`
  return c.body(page, status, { ...headers, 'Content-Type': 'text/html; charset=utf-8', ...keeping.never })
}

export const nothingAt = (path: string): Problem => ({
  status: 404,
  title: 'Not found',
  detail: `There is nothing at ${path.slice(0, 100)}.`,
})

export const jsonOnly: Problem = {
  status: 501,
  title: 'Not implemented',
  detail: 'The answer can be had as json only.',
}

export const readOnly = (path: string): Problem => ({
  status: 405,
  title: 'Method not allowed',
  detail: `${path} can be read with GET and HEAD.`,
  headers: { Allow: 'GET, HEAD, OPTIONS' },
})

export const tooLong = (characters: number): Problem => ({
  status: 414,
  title: 'The URL is too long',
  detail: `The URL has ${characters} characters; at most ${longestUrl} are read.`,
})

const lostPage = '/404'
export const isReading = ({ req }: Context<App>) => req.method === 'GET' || req.method === 'HEAD'

/** The page for people who are lost, where they ask for it by its name; for programs a problem. */
export const notFound: NotFoundHandler<App> = async (c) => {
  if (c.req.path !== lostPage || !isReading(c)) return problem(c, nothingAt(c.req.path))
  const page = await templateOf(c, lostPage, 'GET')
  return c.body(await page.text(), 404, { 'Content-Type': 'text/html; charset=utf-8', ...keeping.never })
}

/** Whether a path is that of a route. */
export const isRoute = (app: Hono<App>, path: string): boolean =>
  app.routes.some((route) => route.method === 'GET' && route.path === path)

/** 405 for a path that has a route, with another method. */
export function methodNotAllowed(app: Hono<App>): MiddlewareHandler<App> {
  return async (c, next) => {
    if (!isRoute(app, c.req.path)) return next()
    return problem(c, readOnly(c.req.path))
  }
}

const noUrl: Problem = {
  status: 400,
  title: 'The address cannot be read',
  detail: 'The Host header is not the name of a host.',
}

/** 414 before anything of a long URL is looked at, and 400 for what is no URL: a Host header can be anything. */
export const refuseBadUrls: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.url.length > longestUrl) return problem(c, tooLong(c.req.url.length))
  return URL.canParse(c.req.url) ? next() : problem(c, noUrl)
}
