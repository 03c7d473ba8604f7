/**
 * Responses that stay the same until the next release: with an ETag known before the body, 304 for clients that have
 * it, an in-memory cache of bodies, and coalescing of concurrent requests.
 *
 * A compressed file has an ETag of its own: Chromium cuts ranges from the compressed bytes that it has if it is told that
 * they are still valid, so requests for ranges are answered by the ETag of the uncompressed file only.
 */
import type { Context } from 'hono'

import { gzip } from '#results/gzip.ts'
import type { Source } from '#results/results.ts'
import { cachePolicies } from '#security/cache-control.ts'

import { admitAssembly } from './admission.ts'
import { freeLease, isLarge, type AnswerSize, type Lease } from './assembly-memory.ts'
import { answerFile, asksForLength, asksForRange, packed, type Pieces } from './byte-ranges.ts'
import { answerCompressed, takesGzip } from './compression.ts'
import type { WorkerApp } from './environment.ts'
import { originOf } from './origin.ts'

/** The identity of a response, and how to make it. */
interface Representation<Have extends Sourced> {
  type: string
  /**
   * What the response depends on besides the release: route, digest and view. It may only contain characters that a
   * header allows.
   */
  identity: string
  /** Headers that are known before the body is made. */
  headers?: Record<string, string>
  /** The cache policy; by default that of data, which lasts until the next release. */
  keep?: 'release' | 'page'
  /**
   * Whether the body contains the origin that it is served from. Such responses say `Vary: Host`, since cache keys of
   * the edge contain no host.
   */
  namesOrigin?: boolean
  /** Whether it is long and popular, so that it is stored and sent gzip-compressed. Not for files. */
  isKeptCompressed?: boolean
  /**
   * Whether it is a file, which also supports byte ranges and tells its length to HEAD. Only for that does HEAD need
   * the body.
   */
  isFile?: boolean
  /** The size of a response that may be large. Large ones must reserve memory and count in the client's quota. */
  size?: AnswerSize
  /** Whether it is a stream or the pieces of a file, which are not cached. */
  isStreamed?: boolean
  /**
   * Loads what the body is made from, by training or from a cache. Not called if the client has the response or asks
   * only for headers.
   */
  need?: () => Promise<Have>
  /**
   * Makes the body. Not called if another request has made it in the meantime. A stream holds the memory reserved for a
   * large response until it has been sent.
   */
  make: (have: Have, lease: Lease) => Body | Promise<Body>
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream | Pieces

/** What a body is made from, including where its numbers came from. */
interface Sourced {
  source?: Source | undefined
  /** Whether a part of it was refused. The response then lacks that part and is not cached. */
  isPartial?: boolean
}

/** Bodies that lack a refused part. */
const partial = new WeakSet<object>()

/** Responds with a representation, or with 304 if the client's copy is still valid. */
export async function respond<Have extends Sourced = Sourced>(
  c: Context<WorkerApp>,
  representation: Representation<Have>,
): Promise<Response> {
  const { type, identity, keep = 'release', namesOrigin = false, isKeptCompressed = false, make } = representation
  const { need = async () => ({}) as Have, size, isStreamed = false, isFile = false } = representation
  // Weak, because the response may be compressed on the way, which changes its bytes.
  const plain = `W/"${identity}-${c.env.VERSION.id}"`
  const etag = isFile && takesGzip(c) && !asksForRange(c, plain) ? packed(plain) : plain
  const varies = [...(namesOrigin ? ['Host'] : []), ...(isKeptCompressed ? ['Accept-Encoding'] : [])]
  const headers = {
    ...representation.headers,
    ETag: etag,
    ...cachePolicies[keep],
    ...(varies.length ? { Vary: varies.join(', ') } : {}),
  }
  const isWhole = c.req.header('Range') === undefined
  if (isKnown(c.req.header('If-None-Match'), isFile && isWhole ? [plain, packed(plain)] : [plain]))
    return c.body(null, 304, headers)
  if (c.req.method === 'HEAD' && !(isFile && asksForLength(c)))
    return c.body(null, 200, { ...headers, 'Content-Type': type })

  const bodies = c.get('bodies')
  // Pages and documents contain the origin that they are served from.
  const key = `${originOf(c)} ${plain}`
  const answer = (body: Exclude<Body, string>, source?: Source, lease = freeLease) => {
    const more = { ...(source && cacheStatus({ source })), 'Content-Type': type }
    if (typeof body === 'function' || (isFile && body instanceof Uint8Array))
      return answerFile(c, body, { ...headers, ...more }, lease)
    const all = { ...(partial.has(body) ? cachePolicies.never : headers), ...more }
    return isKeptCompressed && body instanceof Uint8Array ? answerCompressed(c, body, all) : c.body(body, 200, all)
  }
  const finish = async (have: Have, lease: Lease): Promise<Exclude<Body, string>> => {
    const made = await make(have, lease)
    if (made instanceof ReadableStream || typeof made === 'function') return made
    const body = typeof made === 'string' ? new TextEncoder().encode(made) : made
    // Compressed once, which also saves memory.
    const kept = isKeptCompressed ? await gzip(body) : body
    if (have.isPartial) partial.add(kept)
    else bodies.set(key, kept)
    return kept
  }
  const known = () => bodies.get(key)
  /** The body, which only one of several concurrent requests makes. */
  const share = (makeIt: () => Promise<Exclude<Body, string>>) =>
    c.get('making').get(isKeptCompressed ? 'compressed' : key, known, makeIt, c.req.raw.signal)

  const remembered = known()
  if (remembered !== undefined) return answer(remembered, representation.need && 'memory')
  if (!size || !isLarge(size)) {
    const have = await need()
    const body = isStreamed ? await finish(have, freeLease) : await share(() => finish(have, freeLease))
    return answer(body, have.source)
  }
  // The request that makes the body reports where its numbers came from. To the others, they come from memory.
  let source: Source | undefined = representation.need && 'memory'
  let held = freeLease
  const assemble = async () => {
    const lease = await admitAssembly(c, size)
    try {
      const have = await need()
      source = have.source
      const body = await finish(have, lease)
      if (isStreamed) held = lease
      else lease.release()
      return body
    } catch (error) {
      lease.release()
      throw error
    }
  }
  const body = await (isStreamed ? assemble() : share(assemble))
  return answer(body, source, held)
}

/**
 * Whether `If-None-Match` contains one of the ETags, by weak comparison (RFC 9110, section 8.8.3.2), so a strong one matches,
 * too.
 */
function isKnown(header = '', etags: readonly string[]): boolean {
  const named = header.match(/"[^"]*"|\*/g) ?? []
  return named.some((tag) => tag === '*' || etags.includes(`W/${tag}`))
}

/** The slowest of several sources, which is what the response had to wait for. */
export function slowestSource(sources: readonly [Source, ...Source[]]): Source {
  return (['training', 'store'] as const).find((source) => sources.includes(source)) ?? 'memory'
}

/**
 * The `Cache-Status` header (RFC 9211): whether the numbers were cached, and where. It does not say whether they are
 * stored now, since that is known only after the response.
 */
function cacheStatus({ source }: { source: Source }): Record<string, string> {
  return { 'Cache-Status': `minibatch; ${source === 'training' ? 'fwd=miss' : `hit; detail=${source}`}` }
}
