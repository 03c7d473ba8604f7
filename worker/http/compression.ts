/**
 * Compresses responses that the platform does not compress. Cloudflare's edge, like `wrangler dev`, compresses JSON,
 * images and pages, but CSV is not in its list of content types
 * (https://developers.cloudflare.com/speed/optimization/content/compression/).
 *
 * The runtime does the work: it encodes a body while streaming it, as its `Content-Encoding` says. (Hono's middleware
 * would encode it a second time.) Long, popular responses are compressed once, cached in that form and sent as they
 * are.
 */
import type { Context, MiddlewareHandler } from 'hono'

import type { WorkerApp } from './environment.ts'

/**
 * Middleware that compresses a route's response with gzip for clients that accept it. Only complete responses are
 * compressed, since byte ranges refer to the uncompressed file.
 */
export const compress: MiddlewareHandler<WorkerApp> = async (c, next) => {
  await next()
  c.header('Vary', 'Accept-Encoding', { append: true })
  if (c.res.status === 200 && c.res.body && takesGzip(c)) c.header('Content-Encoding', 'gzip')
}

/** Responds with a body that is already compressed, and decompresses it for clients that do not accept gzip. */
export function answerCompressed(
  c: Context<WorkerApp>,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Response {
  if (takesGzip(c))
    return new Response(body, { headers: { ...headers, 'Content-Encoding': 'gzip' }, encodeBody: 'manual' })
  return new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip')), { headers })
}

/**
 * Whether the client accepts gzip (RFC 9110, section 12.5.3). The platform may have replaced the client's own header.
 */
export function takesGzip({ req }: Context<WorkerApp>): boolean {
  const { clientAcceptEncoding } = (req.raw.cf ?? {}) as { clientAcceptEncoding?: string }
  const codings = clientAcceptEncoding ?? req.header('Accept-Encoding') ?? ''
  return codings.split(',').some((coding) => {
    const [name, weight = 'q=1'] = coding.split(';').map((part) => part.trim().toLowerCase())
    return name === 'gzip' && Number(weight.replace('q=', '')) > 0
  })
}
