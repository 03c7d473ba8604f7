/**
 * Answers that are the same for the same question until the next release: with an ETag, so that asking again costs
 * nothing.
 */
import type { Context } from 'hono'

import type { Source } from '#results/results.ts'

import type { App } from './environment.ts'

/** What decides an answer, and what it is. */
interface Representation {
  type: string
  /** What the answer depends on beside the release: route, digest, view. Of characters that a header can hold. */
  identity: string
  /** What a client can know of it before it is made. */
  headers?: Record<string, string>
  /** Makes the content; not called when the client has it already or asked for the headers alone. */
  make: () => Promise<Content>
}

interface Content {
  body: string | ReadableStream
  headers?: Record<string, string>
}

/** Shared caches may keep an answer for an hour, and check it against the ETag afterwards. */
const cacheControl = 'public, max-age=3600'

/** Answers with a representation, or 304 where the client's copy is still good. */
export async function represent(c: Context<App>, representation: Representation): Promise<Response> {
  const { type, identity, make } = representation
  // Weak: what is sent may be compressed on the way, and then has other bytes.
  const etag = `W/"${identity}-${c.env.VERSION.id}"`
  const headers = { ...representation.headers, ETag: etag, 'Cache-Control': cacheControl }
  if (isKnown(c.req.header('If-None-Match'), etag)) return c.body(null, 304, headers)
  if (c.req.method === 'HEAD') return c.body(null, 200, { ...headers, 'Content-Type': type })
  const { body, headers: more } = await make()
  return c.body(body, 200, { ...headers, ...more, 'Content-Type': type })
}

/** Whether `If-None-Match` names the ETag, by weak comparison (RFC 9110, 8.8.3.2): a strong one names it, too. */
function isKnown(header = '', etag: string): boolean {
  const named = header.match(/"[^"]*"|\*/g) ?? []
  return named.some((tag) => tag === '*' || `W/${tag}` === etag)
}

/** Of where the numbers of an answer came from, what it had to wait for. */
export function farthest(sources: readonly [Source, ...Source[]]): Source {
  return (['training', 'store'] as const).find((source) => sources.includes(source)) ?? 'memory'
}

/** `Cache-Status` (RFC 9211): whether the numbers were cached, and where. */
export function cacheStatus({ source }: { source: Source }): Record<string, string> {
  return { 'Cache-Status': `minibatch; ${source === 'training' ? 'fwd=miss; stored' : `hit; detail=${source}`}` }
}
