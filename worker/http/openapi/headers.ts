/** The response headers in the OpenAPI document. */
import { securityHeaders } from '../security.ts'
import { mapValues, ref, type Json } from './references.ts'
import type { Documentation } from './routes.ts'

const described = {
  ETag: 'Of the question and the release: an answer that `If-None-Match` names is not sent again.',
  'Cache-Control': 'How long it may be kept.',
  'Cloudflare-CDN-Cache-Control': 'How long the edge may keep it, which begins anew with each deployment.',
  'Cache-Status': 'RFC 9211: whether the numbers came from a cache, or were trained and are kept now.',
  'Content-Disposition': 'The name of the file.',
  'Accept-Ranges': '`bytes`: a part of the file can be had by `Range`.',
  'Content-Range': 'Which bytes these are, and how many the file has: `bytes 0-99/2000`, or `bytes */2000`.',
  'Retry-After': 'When to try again, in seconds.',
  Allow: 'The methods that the route has.',
  'X-Robots-Tag': 'Search engines may not list it: `noindex`.',
  'Access-Control-Allow-Origin': 'Pages of every origin may read it.',
  'Access-Control-Expose-Headers': 'What such pages may read beside the body.',
} as const

type Header = keyof typeof described

/**
 * Headers that not every response has: only a page that may be framed lacks `X-Frame-Options` and has an embedder
 * policy, most errors have no `Allow`, and pages of the tutorial's experiments may be indexed.
 */
const optional = new Set(['X-Frame-Options', 'Cross-Origin-Embedder-Policy', 'Allow', 'X-Robots-Tag'])

/** The shared header definitions. */
export const headerComponents = mapValues(
  { ...described, ...Object.fromEntries(securityHeaders.map((name) => [name, 'What a browser may do with it.'])) },
  (description, name) => ({ description, required: !optional.has(name), schema: { type: 'string' } }),
)

/** The headers that every response has, plus some more. */
export function headersWith(more: readonly Header[]): Json {
  const names = [
    ...more,
    'Cache-Control',
    'X-Robots-Tag',
    'Access-Control-Allow-Origin',
    'Access-Control-Expose-Headers',
    ...securityHeaders,
  ]
  return Object.fromEntries(names.map((name) => [name, ref('headers', name)]))
}

/**
 * The headers of a route's response. `Cache-Status` is included only with content, since HEAD does not load the
 * numbers.
 */
export function headersOf(
  { isMomentary, isFile, trains }: Documentation,
  hasContent: boolean,
  more: readonly Header[] = [],
): Json {
  return headersWith([
    ...more,
    ...(isMomentary ? [] : (['ETag', 'Cloudflare-CDN-Cache-Control'] as const)),
    ...(isFile ? (['Content-Disposition', 'Accept-Ranges'] as const) : []),
    ...(trains && !isMomentary && hasContent ? (['Cache-Status'] as const) : []),
  ])
}
