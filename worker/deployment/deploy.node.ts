/** `npm run deploy`: looks whether everything is there, says what is not, and hands over to wrangler. */
import { spawnSync } from 'node:child_process'

import { unstable_readConfig as readConfig } from 'wrangler'

import { needsOf } from './needs.ts'

const wrangler = (...args: string[]) => ['node_modules/wrangler/bin/wrangler.js', ...args]
const given = process.argv.slice(2)
const isDryRun = given.includes('--dry-run')

/** What of `wrangler.toml` matters here. */
interface Configuration {
  routes?: readonly (string | { pattern: string; custom_domain?: boolean })[]
  kv_namespaces: readonly { binding: string; id?: string }[]
}

const config = readConfig({ config: 'wrangler.toml' }) as Configuration
const domains = (config.routes ?? []).flatMap((route) =>
  typeof route === 'object' && route.custom_domain ? [route.pattern] : [],
)
const { siteUrl, fine, missing } = needsOf({
  siteUrl: process.env['SITE_URL'],
  domains,
  namespaceId: config.kv_namespaces.find(({ binding }) => binding === 'RESULTS')?.id,
  isLoggedIn: !isDryRun && spawnSync(process.execPath, wrangler('whoami', '--json')).status === 0,
  isDryRun,
})

for (const sentence of fine) console.log(`✓ ${sentence}`)
for (const sentence of missing) console.error(`✗ ${sentence}`)
if (missing.length > 0 || siteUrl === undefined) {
  console.error('Nothing was deployed.')
  process.exit(1)
}
const env = { ...process.env, SITE_URL: siteUrl }
process.exit(
  spawnSync(process.execPath, wrangler('deploy', '--minify', ...given), { stdio: 'inherit', env }).status ?? 1,
)
