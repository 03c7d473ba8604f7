/**
 * What a deployment needs, checked before anything is built or sent, in sentences for the one who deploys.
 */
import { siteAddress } from './site-url.ts'

/** What is known before a deployment. */
export interface Facts {
  /** `SITE_URL`, as it was given. */
  siteUrl: string | undefined
  /** The custom domains of `wrangler.toml`. */
  domains: readonly string[]
  /** The id of the namespace for numbers, where `wrangler.toml` has one. */
  namespaceId: string | undefined
  isLoggedIn: boolean
  /** Nothing is sent. */
  isDryRun: boolean
}

/** What is there, what is not, and where the site will be. */
export interface Needs {
  /** The address to build for; undefined where it is missing or wrong. */
  siteUrl?: string
  /** In words, what is as it should be. */
  fine: readonly string[]
  /** In words, what is missing and how to give it. Not empty: nothing is deployed. */
  missing: readonly string[]
}

/** What a dry run builds for: the address of nobody (RFC 2606). */
const nowhere = 'https://minibatch.example'

/** Whether a deployment can begin. */
export function needsOf({ siteUrl, domains, namespaceId, isLoggedIn, isDryRun }: Facts): Needs {
  const fine: string[] = []
  const missing: string[] = []
  if (isDryRun) fine.push('A dry run: nothing is sent, so nobody has to be logged in.')
  else if (isLoggedIn) fine.push('Logged in to Cloudflare.')
  else missing.push('Nobody is logged in to Cloudflare. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.')

  fine.push(
    namespaceId
      ? `Numbers are kept in the KV namespace ${namespaceId}.`
      : 'wrangler.toml names no KV namespace: the first deployment makes one, and later ones find it.',
  )

  const [domain] = domains
  const given = siteUrl || (domain ? `https://${domain}` : isDryRun ? nowhere : undefined)
  try {
    const address = siteAddress({ SITE_URL: given, WRANGLER_COMMAND: 'deploy' })
    const whence = siteUrl ? 'SITE_URL' : domain ? 'the custom domain in wrangler.toml' : 'for the dry run alone'
    fine.push(`The site’s address is ${address} (${whence}).`)
    return { siteUrl: address, fine, missing }
  } catch (error) {
    missing.push((error as Error).message)
    return { fine, missing }
  }
}
