/** The configuration for Cloudflare's Free plan, which rejects a limit of CPU time: it has one of its own. */

/**
 * `wrangler.toml` without its section `[limits]`.
 *
 * @throws Error where it has none
 */
export function withoutLimits(toml: string): string {
  const without = toml.replace(/^\[limits\]\n(?:.+\n)+/m, '')
  if (without === toml) throw new Error('wrangler.toml has no limits')
  return without
}
