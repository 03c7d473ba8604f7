/**
 * How long browsers and caches may keep an answer: one table for the Worker's answers and for the site's files.
 *
 * The edge's cache before the Worker is keyed by the deployment, the path and the query, so what it keeps ends with the
 * deployment. Browsers and other caches know nothing of deployments.
 */

/** What is sent: `Cache-Control` to everyone, and to Cloudflare's cache alone where it may keep more. */
export type CachePolicy = Readonly<Record<string, string>>

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * - `release`: data and pictures, which are the same until the next release. Browsers keep them for an hour, and
 *   Cloudflare's cache for a month. For a day after that they are served once more while they are asked for again. Not by
 *   `s-maxage`: that switches `stale-while-revalidate` off.
 * - `page`: HTML names files that the next build may not have. So browsers and all caches but the edge's ask each time,
 *   and are mostly told that theirs is still good (304).
 * - `never`: errors, refusals, redirects, streams, and what is only true now.
 */
export const cachePolicies = {
  release: {
    'Cache-Control': `public, max-age=${hour}, stale-while-revalidate=${day}`,
    'Cloudflare-CDN-Cache-Control': `public, max-age=${30 * day}, stale-while-revalidate=${day}`,
  },
  page: {
    'Cache-Control': 'public, max-age=0, must-revalidate',
    'Cloudflare-CDN-Cache-Control': `public, max-age=${5 * minute}`,
  },
  never: { 'Cache-Control': 'no-store' },
} as const satisfies Record<string, CachePolicy>

/** Files with a hash of their content in their name: another content has another name. */
export const hashedFiles: CachePolicy = { 'Cache-Control': `public, max-age=${365 * day}, immutable` }
