/**
 * Security headers on every answer of the Worker, and leave for pages of every origin to read it. Its pages have those of
 * their templates, which the site's build wrote; where those cannot be read, those of data, which allow nothing.
 */
import type { Context, MiddlewareHandler } from 'hono'

import { sheetsOf } from '#charts/theme.ts'
import { answerHeaders, inlineHash, siteHeaders } from '#security/security-headers.ts'

import type { WorkerApp } from './environment.ts'
import { isPage, SiteError, loadTemplate, type PagePath } from './page-template.ts'

/** The names of all security headers, on data or on pages. */
export const securityHeaders = [
  ...new Set(
    [answerHeaders({ styles: [] }), ...siteHeaders({ scripts: [], styles: [] }).values()].flatMap(Object.keys),
  ),
]

/** Who may read it, and which of its headers: everyone. What else a preflight asks is answered by Hono (`app.ts`). */
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

/** Search engines list pages, not answers: and a crawler that followed what they link to would train for nobody. */
const listing = { 'X-Robots-Tag': 'noindex, nofollow' }

/** The headers of data, once they are made. Not a promise: that would belong to the request that made it. */
let known: [string, string][] | undefined

/** The headers of data: the style sheets of charts that are files are constant. */
async function headersOfData(): Promise<[string, string][]> {
  const styles = await Promise.all(sheetsOf('auto').map(({ rules }) => inlineHash(rules)))
  return Object.entries({ ...reading, ...listing, ...answerHeaders({ styles }) })
}

/**
 * Sets them on the answer that is there. Neither before it, nor by `c.header`: of both Hono makes another answer, and a
 * cheap one then takes half as long again.
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

/** The headers of a page's template, or undefined where it cannot be read or has no policy. */
async function templateHeaders(c: Context<WorkerApp>, path: PagePath): Promise<Headers | undefined> {
  try {
    const { headers } = await loadTemplate(c, path, 'HEAD')
    return headers.has('Content-Security-Policy') ? headers : undefined
  } catch (error) {
    if (error instanceof SiteError) return undefined
    throw error
  }
}
