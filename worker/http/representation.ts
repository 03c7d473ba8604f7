/**
 * Answers that are the same for the same question until the next release: with an ETag, so that asking again costs
 * nothing.
 *
 * A file that is sent compressed has an ETag of its own. Chromium cuts ranges from the compressed bytes that it has where it
 * is told that they are still good, so a request for a range is told so of the plain file alone.
 */
import type { Context } from 'hono'

import { gzip } from '#results/gzip.ts'
import type { Source } from '#results/results.ts'
import { keeping } from '#security/keeping.ts'

import { admitAssembly } from './admission.ts'
import { freeLease, isLarge, type AnswerSize, type Lease } from './assemblies.ts'
import { answerCompressed, takesGzip } from './compression.ts'
import type { App } from './environment.ts'
import { answerFile, asksForLength, asksForRange, packed, type Pieces } from './files.ts'
import { originOf } from './origin.ts'

/** What decides an answer, and what it is. */
interface Representation<Have extends Sourced> {
  type: string
  /** What the answer depends on beside the release: route, digest, view. Of characters that a header can hold. */
  identity: string
  /** What a client can know of it before it is made. */
  headers?: Record<string, string>
  /** How long it may be kept; as long as the release, where nothing is said. */
  keep?: 'release' | 'page'
  /** The body names the origin that it is served from: the edge keeps one for each, as its keys have no host. */
  namesOrigin?: boolean
  /** It is long, and many ask for it: it is kept as gzip has it, and sent so. Not for files. */
  isKeptCompressed?: boolean
  /** It is a file: served in ranges, too, and HEAD tells its length, for which it is needed and made. */
  isFile?: boolean
  /** What it takes, where it can be large: then it needs a place, and counts in the client's quota. */
  size?: AnswerSize
  /** It is a stream, or the pieces of a file: it is not remembered. */
  isStreamed?: boolean
  /** Gets what it is made of, trained or from a cache. Not called when the client has the answer or asks for headers. */
  need?: () => Promise<Have>
  /**
   * Makes the body of it; not called where another request has made it in the meantime. A stream holds the place of a large
   * answer until it has been sent.
   */
  make: (have: Have, lease: Lease) => Body | Promise<Body>
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream | Pieces

/** What an answer is made of tells where its numbers came from. */
interface Sourced {
  source?: Source | undefined
  /** A part of it was refused: the answer comes without that, and nobody keeps it. */
  isPartial?: boolean
}

/** Bodies without a part that was refused. */
const partial = new WeakSet<object>()

/** Answers with a representation, or 304 where the client's copy is still good. */
export async function represent<Have extends Sourced = Sourced>(
  c: Context<App>,
  representation: Representation<Have>,
): Promise<Response> {
  const { type, identity, keep = 'release', namesOrigin = false, isKeptCompressed = false, make } = representation
  const { need = async () => ({}) as Have, size, isStreamed = false, isFile = false } = representation
  // Weak: what is sent may be compressed on the way, and then has other bytes.
  const plain = `W/"${identity}-${c.env.VERSION.id}"`
  const etag = isFile && takesGzip(c) && !asksForRange(c, plain) ? packed(plain) : plain
  const varies = [...(namesOrigin ? ['Host'] : []), ...(isKeptCompressed ? ['Accept-Encoding'] : [])]
  const headers = {
    ...representation.headers,
    ETag: etag,
    ...keeping[keep],
    ...(varies.length ? { Vary: varies.join(', ') } : {}),
  }
  const isWhole = c.req.header('Range') === undefined
  if (isKnown(c.req.header('If-None-Match'), isFile && isWhole ? [plain, packed(plain)] : [plain]))
    return c.body(null, 304, headers)
  if (c.req.method === 'HEAD' && !(isFile && asksForLength(c)))
    return c.body(null, 200, { ...headers, 'Content-Type': type })

  const bodies = c.get('bodies')
  // Pages and documents name the origin that they are served from.
  const key = `${originOf(c)} ${plain}`
  const answer = (body: Exclude<Body, string>, source?: Source, lease = freeLease) => {
    const more = { ...(source && cacheStatus({ source })), 'Content-Type': type }
    if (typeof body === 'function' || (isFile && body instanceof Uint8Array))
      return answerFile(c, body, { ...headers, ...more }, lease)
    const all = { ...(partial.has(body) ? keeping.never : headers), ...more }
    return isKeptCompressed && body instanceof Uint8Array ? answerCompressed(c, body, all) : c.body(body, 200, all)
  }
  const finish = async (have: Have, lease: Lease): Promise<Exclude<Body, string>> => {
    const made = await make(have, lease)
    if (made instanceof ReadableStream || typeof made === 'function') return made
    const body = typeof made === 'string' ? new TextEncoder().encode(made) : made
    // Compressed once, and smaller in memory.
    const kept = isKeptCompressed ? await gzip(body) : body
    if (have.isPartial) partial.add(kept)
    else bodies.set(key, kept)
    return kept
  }
  const known = () => bodies.get(key)
  /** The body, which only one of those makes who ask for it at the same time. */
  const share = (makeIt: () => Promise<Exclude<Body, string>>) =>
    c.get('making').get(isKeptCompressed ? 'compressed' : key, known, makeIt, c.req.raw.signal)

  const remembered = known()
  if (remembered !== undefined) return answer(remembered, representation.need && 'memory')
  if (!size || !isLarge(size)) {
    const have = await need()
    const body = isStreamed ? await finish(have, freeLease) : await share(() => finish(have, freeLease))
    return answer(body, have.source)
  }
  // Whoever makes it says where its numbers came from; the others have waited for the memory.
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

/** Whether `If-None-Match` names one of the ETags, by weak comparison (RFC 9110, 8.8.3.2): a strong one names it, too. */
function isKnown(header = '', etags: readonly string[]): boolean {
  const named = header.match(/"[^"]*"|\*/g) ?? []
  return named.some((tag) => tag === '*' || etags.includes(`W/${tag}`))
}

/** Of where the numbers of an answer came from, what it had to wait for. */
export function farthest(sources: readonly [Source, ...Source[]]): Source {
  return (['training', 'store'] as const).find((source) => sources.includes(source)) ?? 'memory'
}

/**
 * `Cache-Status` (RFC 9211): whether the numbers were cached, and where. Not whether they are stored now: that is only known
 * after the answer.
 */
function cacheStatus({ source }: { source: Source }): Record<string, string> {
  return { 'Cache-Status': `minibatch; ${source === 'training' ? 'fwd=miss' : `hit; detail=${source}`}` }
}
