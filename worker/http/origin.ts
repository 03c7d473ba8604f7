/**
 * The origin for absolute links in responses: HTTPS unless the host is local. The edge's cache keys contain path and
 * query but not the scheme, so the response to a plain HTTP request would be served to all later requests.
 */
import type { Context } from 'hono'

import { isLocalHost } from '#security/local-host.ts'

/** The origin of a request, with the scheme that links should use. */
export function originOf(c: Context): string {
  const url = new URL(c.req.url)
  if (!isLocalHost(url.hostname)) url.protocol = 'https:'
  return url.origin
}
