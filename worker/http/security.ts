/**
 * Middleware that sets security headers and CORS headers on every response of the Worker. Pages get the security
 * headers of their templates, which the site's build wrote. If these cannot be read, they get those of data, which
 * allow nothing.
 */
import type { Context, MiddlewareHandler } from 'hono'

import { sheetsOf } from '#charts/theme.ts'
import { answerHeaders, inlineHash, siteHeaders } from '#security/security-headers.ts'

import type { WorkerApp } from './environment.ts'
import { isPage, SiteError, loadTemplate, type PagePath } from './page-template.ts'

/** The names of all security headers, of data and of pages. */
export const securityHeaders = [
  ...new Set(
    [answerHeaders({ styles: [] }), ...siteHeaders({ scripts: [], styles: [] }).values()].flatMap(Object.keys),
  ),
]

/** CORS: every origin may read responses and these headers. Hono answers preflight requests (`app.ts`). */
const reading = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': [
    'ETag',
    'Cache-Status',
    'Content-Disposition',
    'Retry-After',
    'Accept-Ranges',
    'Content-Length',
    'Content-Range',
  ].join(),
}

/**
 * API responses are not indexed, and crawlers should not follow their links, which would train experiments for nobody.
 */
const listing = { 'X-Robots-Tag': 'noindex, nofollow' }

/**
 * The headers of data, cached after the first use. The value is cached rather than a promise, which would belong to the
 * request that created it.
 */
let known: [string, string][] | undefined

/** The headers of data. The style sheets of standalone charts are constant. */
async function headersOfData(): Promise<[string, string][]> {
  const styles = await Promise.all(sheetsOf('auto').map(({ rules }) => inlineHash(rules)))
  return Object.entries({ ...reading, ...listing, ...answerHeaders({ styles }) })
}

/**
 * Sets the headers on the finished response. Setting them earlier, or with `c.header`, would make Hono create another
 * response, which makes a cheap response half as slow again.
 */
export const secure: MiddlewareHandler<WorkerApp> = async (c, next) => {
  await next()
  const { headers } = c.res
  const template = isPage(c.req.path) ? await templateHeaders(c, c.req.path) : undefined
  if (!template) {
    for (const [name, value] of (known ??= await headersOfData())) headers.set(name, value)
    return
  }
  for (const [name, value] of Object.entries(reading)) headers.set(name, value)
  for (const name of securityHeaders) {
    const value = template.get(name)
    if (value === null) headers.delete(name)
    else headers.set(name, value)
  }
}

/** The headers of a page's template; undefined if it cannot be read or has no policy. */
async function templateHeaders(c: Context<WorkerApp>, path: PagePath): Promise<Headers | undefined> {
  try {
    const { headers } = await loadTemplate(c, path, 'HEAD')
    return headers.has('Content-Security-Policy') ? headers : undefined
  } catch (error) {
    if (error instanceof SiteError) return undefined
    throw error
  }
}
