/**
 * The origin that links in answers name: HTTPS, unless the host is local. The edge's cache keys its entries by path and
 * query, and not by scheme: an answer to one plain HTTP request is served to everyone who comes after it.
 */
import type { Context } from 'hono'

import { isLocalHost } from '#security/local-host.ts'

/** The origin of a request, with the scheme that links should have. */
export function originOf(c: Context): string {
  const url = new URL(c.req.url)
  if (!isLocalHost(url.hostname)) url.protocol = 'https:'
  return url.origin
}
