/**
 * Compresses what the platform does not. Cloudflare's edge, and `wrangler dev` like it, compresses JSON, pictures and
 * pages, but not CSV: its list of content types has none
 * (https://developers.cloudflare.com/speed/optimization/content/compression/).
 *
 * The runtime does the work: it encodes a body as its `Content-Encoding` says, as it streams. (Hono's middleware would
 * encode it a second time.) Long answers that many ask for are compressed once, kept so, and sent as they are.
 */
import type { Context, MiddlewareHandler } from 'hono'

import type { WorkerApp } from './environment.ts'

/** Compresses the answer of a route with gzip, for clients that take it: a whole one, as ranges are of the plain file. */
export const compress: MiddlewareHandler<WorkerApp> = async (c, next) => {
  await next()
  c.header('Vary', 'Accept-Encoding', { append: true })
  if (c.res.status === 200 && c.res.body && takesGzip(c)) c.header('Content-Encoding', 'gzip')
}

/** Answers with a body that is compressed already; whoever does not take that gets it as it was. */
export function answerCompressed(
  c: Context<WorkerApp>,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Response {
  if (takesGzip(c))
    return new Response(body, { headers: { ...headers, 'Content-Encoding': 'gzip' }, encodeBody: 'manual' })
  return new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip')), { headers })
}

/** Whether the client takes gzip (RFC 9110, 12.5.3). The platform may have put its own header in place of the client's. */
export function takesGzip({ req }: Context<WorkerApp>): boolean {
  const { clientAcceptEncoding } = (req.raw.cf ?? {}) as { clientAcceptEncoding?: string }
  const codings = clientAcceptEncoding ?? req.header('Accept-Encoding') ?? ''
  return codings.split(',').some((coding) => {
    const [name, weight = 'q=1'] = coding.split(';').map((part) => part.trim().toLowerCase())
    return name === 'gzip' && Number(weight.replace('q=', '')) > 0
  })
}
