/**
 * Where a build will be served: its pages name that in full, in canonical links, social cards, the sitemap and programs.
 */
import { isLocalHost } from '../security/local-host.ts'

/** The environment, as far as it matters. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A build that is to be published has no address, or one that cannot be right. */
export class AddressError extends Error {
  override name = 'AddressError'
}

/** Where `wrangler dev` serves. */
const local = 'http://localhost:8787'
/** What wrangler says in WRANGLER_COMMAND that it builds for, where others will see it. */
const publishing = new Set(['deploy', 'versions upload'])

/**
 * The address to build for: SITE_URL, or the local one where nothing is published.
 *
 * @throws AddressError, in plain words
 */
export function siteAddress({ SITE_URL, WRANGLER_COMMAND }: Environment): string {
  const isPublished = publishing.has(WRANGLER_COMMAND ?? '')
  if (!SITE_URL) {
    if (!isPublished) return local
    throw new AddressError(`SITE_URL is missing: ${howToSay}`)
  }
  const url = URL.parse(SITE_URL)
  const what = `SITE_URL is ${JSON.stringify(SITE_URL)}`
  if (!url || !/^https?:$/.test(url.protocol)) throw new AddressError(`${what}, which is no web address. ${howToSay}`)
  if (url.href !== `${url.origin}/`) throw new AddressError(`${what}, but the site stands at the root: ${url.origin}`)
  if (isPublished && (url.protocol !== 'https:' || isLocalHost(url.hostname)))
    throw new AddressError(`${what}, which nobody else can open, or not safely. ${howToSay}`)
  return url.origin
}

const howToSay =
  'pages name their address in full. Say where this will be served: ' +
  'SITE_URL=https://minibatch.your-subdomain.workers.dev npm run deploy'
