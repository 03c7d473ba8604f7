/** Checks the requirements of a deployment before anything is built or uploaded, and describes each in a sentence. */
import { siteAddress } from './site-url.ts'

/** What is known before a deployment. */
export interface DeploymentState {
  /** `SITE_URL`, as it was given. */
  siteUrl: string | undefined
  /** The custom domains of `wrangler.toml`. */
  domains: readonly string[]
  /** The id of the KV namespace for numbers, if `wrangler.toml` contains one. */
  namespaceId: string | undefined
  isLoggedIn: boolean
  /** Whether this is a dry run, which uploads nothing. */
  isDryRun: boolean
}

/** The requirements that are met, those that are not, and the address of the site. */
export interface Requirements {
  /** The address to build for; undefined if it is missing or invalid. */
  siteUrl?: string
  /** Requirements that are met, in words. */
  fine: readonly string[]
  /** Requirements that are missing and how to meet them, in words. If there are any, nothing is deployed. */
  missing: readonly string[]
}

/** The address that a dry run builds for, in a reserved domain (RFC 2606). */
const dryRunAddress = 'https://minibatch.example'

/** Checks whether a deployment can start. */
export function checkRequirements({
  siteUrl,
  domains,
  namespaceId,
  isLoggedIn,
  isDryRun,
}: DeploymentState): Requirements {
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
  const given = siteUrl || (domain ? `https://${domain}` : isDryRun ? dryRunAddress : undefined)
  try {
    const address = siteAddress({ SITE_URL: given, WRANGLER_COMMAND: 'deploy' })
    const source = siteUrl ? 'SITE_URL' : domain ? 'the custom domain in wrangler.toml' : 'for the dry run alone'
    fine.push(`The site’s address is ${address} (${source}).`)
    return { siteUrl: address, fine, missing }
  } catch (error) {
    missing.push((error as Error).message)
    return { fine, missing }
  }
}
