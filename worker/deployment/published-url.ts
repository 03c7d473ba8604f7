/** Compares the address where wrangler published with the address that the pages contain. */

/** After this line, wrangler lists the addresses, one per line and indented. */
const heading = /^Deployed .* triggers/m
/** An address on workers.dev, or a route or custom domain. */
const address = /^\s+(?:https:\/\/)?([\w-]+(?:\.[\w-]+)+)(?:\/\*)?(?: \(.*\))?\s*$/gm

/**
 * A warning with the address where a deployment was published if it is not the one that its pages contain; undefined if
 * it is.
 *
 * @param siteUrl the origin that the pages contain
 * @param output wrangler's output without colors
 */
export function publicationWarning(siteUrl: string, output: string): string | undefined {
  const listed = output.slice(heading.exec(output)?.index ?? output.length)
  const origins = Array.from(listed.matchAll(address), ([, host]) => `https://${host}`)
  if (origins.length === 0) return `wrangler named no address. Look whether the site is at ${siteUrl}.`
  if (origins.includes(siteUrl)) return undefined
  return (
    `The pages name ${siteUrl}, but it was published at ${origins.join(' and ')}. ` +
    'Set SITE_URL to one of those and deploy again.'
  )
}
