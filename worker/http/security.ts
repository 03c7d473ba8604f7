/**
 * Security headers on every answer of the Worker. Its pages have those of their templates, which the site's build wrote.
 */
import type { MiddlewareHandler } from 'hono'

import { chartStyles, themes } from '#charts/theme.ts'
import { answerHeaders, inlineHash } from '#security/policy.ts'

import type { App } from './environment.ts'
import { isPage, templateOf } from './template.ts'

/** The names of all security headers: those of data hold every one. */
export const securityHeaders = Object.keys(answerHeaders({ styles: [] }))

/** The headers of data, once they are made. Not a promise: that would belong to the request that made it. */
let known: [string, string][] | undefined

/** The headers of data: the charts' style sheets are constant. */
async function headersOfData(): Promise<[string, string][]> {
  const styles = await Promise.all(themes.map((theme) => inlineHash(chartStyles(theme))))
  return Object.entries(answerHeaders({ styles }))
}

export const secure: MiddlewareHandler<App> = async (c, next) => {
  await next()
  if (!isPage(c.req.path)) {
    // Not by `c.header`: of an answer that is made, that makes another one for each header.
    for (const [name, value] of (known ??= await headersOfData())) c.res.headers.set(name, value)
    return
  }
  const { headers } = await templateOf(c, c.req.path, 'HEAD')
  for (const name of securityHeaders) c.header(name, headers.get(name) ?? undefined)
}
