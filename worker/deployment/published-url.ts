/**
 * Where wrangler says that it published, compared with the address that the pages name.
 */

/** After this line wrangler lists the addresses, one a line, indented. */
const heading = /^Deployed .* triggers/m
/** An address on workers.dev, or a route or custom domain. */
const address = /^\s+(?:https:\/\/)?([\w-]+(?:\.[\w-]+)+)(?:\/\*)?(?: \(.*\))?\s*$/gm

/**
 * Says where a deployment was published when that is not where its pages say they are; undefined where it is.
 *
 * @param siteUrl the origin that the pages name
 * @param output what wrangler wrote, without colors
 */
export function elsewhere(siteUrl: string, output: string): string | undefined {
  const listed = output.slice(heading.exec(output)?.index ?? output.length)
  const origins = Array.from(listed.matchAll(address), ([, host]) => `https://${host}`)
  if (origins.length === 0) return `wrangler named no address. Look whether the site is at ${siteUrl}.`
  if (origins.includes(siteUrl)) return undefined
  return (
    `The pages name ${siteUrl}, but it was published at ${origins.join(' and ')}. ` +
    'Set SITE_URL to one of those and deploy again.'
  )
}
