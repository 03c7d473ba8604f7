/**
 * The cache policies of all responses: one table for the Worker's responses and for the site's files.
 *
 * The edge's cache in front of the Worker is keyed by deployment, path and query, so its entries end with the
 * deployment. Browsers and other caches know nothing of deployments.
 */

/** The headers of a policy: `Cache-Control` for everyone, and one for Cloudflare's cache if that may store longer. */
export type CachePolicy = Readonly<Record<string, string>>

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * - `release`: data and images, which stay the same until the next release. Browsers cache them for an hour and
 *   Cloudflare for a month. For a day after that, they are served once more while they are revalidated. `s-maxage` is
 *   not used for this, since it disables `stale-while-revalidate`.
 * - `page`: HTML contains names of files that the next build may not have. Browsers and all caches except the edge's
 *   therefore revalidate each time, and usually get 304.
 * - `never`: errors, refusals, redirects, streams, and responses that are only valid now.
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

/** The policy of files with a content hash in their name: changed content gets another name. */
export const hashedFiles: CachePolicy = { 'Cache-Control': `public, max-age=${365 * day}, immutable` }
