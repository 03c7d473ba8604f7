/**
 * The script of `npm run deploy`: checks the requirements and reports what is missing, runs wrangler, and compares the
 * address where it published with the one that the pages contain.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

import { unstable_readConfig as readConfig } from 'wrangler'

import { withoutLimits } from './free-plan.ts'
import { publicationWarning } from './published-url.ts'
import { checkRequirements } from './requirements.ts'

const wrangler = (...args: string[]) => ['node_modules/wrangler/bin/wrangler.js', ...args]
const given = process.argv.slice(2).filter((word) => word !== '--free')
const isDryRun = given.includes('--dry-run')
const isFree = process.argv.includes('--free')

/** The part of `wrangler.toml` that is needed here. */
interface Configuration {
  routes?: readonly (string | { pattern: string; custom_domain?: boolean })[]
  kv_namespaces: readonly { binding: string; id?: string }[]
}

const config = readConfig({ config: 'wrangler.toml' }) as Configuration
const domains = (config.routes ?? []).flatMap((route) =>
  typeof route === 'object' && route.custom_domain ? [route.pattern] : [],
)
const { siteUrl, fine, missing } = checkRequirements({
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
// In the same folder as the original, since paths in it are relative.
const freeConfig = 'wrangler.free.toml'
if (isFree) writeFileSync(freeConfig, withoutLimits(readFileSync('wrangler.toml', 'utf8')))
const planArguments = isFree ? [`--config=${freeConfig}`] : []
// Its output is shown while it runs, and parsed afterwards.
const deployment = spawn(process.execPath, wrangler('deploy', '--minify', ...planArguments, ...given), {
  stdio: ['inherit', 'pipe', 'inherit'],
  env,
})
let output = ''
deployment.stdout.on('data', (chunk: Buffer) => {
  process.stdout.write(chunk)
  output += String(chunk)
})
deployment.on('close', (code) => {
  if (isFree) rmSync(freeConfig)
  const warning = code === 0 && !isDryRun ? publicationWarning(siteUrl, stripVTControlCharacters(output)) : undefined
  if (warning) console.error(`✗ ${warning}`)
  process.exitCode = warning ? 1 : (code ?? 1)
})
