/**
 * Adapts the configuration to Cloudflare's Free plan, which has a CPU time limit of its own and rejects a configured
 * one.
 */

/**
 * `wrangler.toml` without its section `[limits]`.
 *
 * @throws Error if it has no such section
 */
export function withoutLimits(toml: string): string {
  const without = toml.replace(/^\[limits\]\n(?:.+\n)+/m, '')
  if (without === toml) throw new Error('wrangler.toml has no limits')
  return without
}
