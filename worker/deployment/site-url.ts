/**
 * The address at which a build will be served, which its pages contain in canonical links, social cards, the sitemap
 * and programs.
 */
import { isLocalHost } from '../security/local-host.ts'

/** The relevant environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The error of a build to be published that has no address or an unusable one. */
export class AddressError extends Error {
  override name = 'AddressError'
}

/** The address of `wrangler dev`. */
const local = 'http://localhost:8787'
/** The values of WRANGLER_COMMAND, which wrangler sets, for builds that will be public. */
const publishing = new Set(['deploy', 'versions upload'])

/**
 * The address to build for: SITE_URL, or the local one if nothing is published.
 *
 * @throws AddressError with a message for the person who deploys
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
