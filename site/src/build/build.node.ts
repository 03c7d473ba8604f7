/**
 * `npm run build`: checks the address to build for, cuts the cards' letters, compiles the kernel while Astro bundles the
 * pages, and draws them. It prints one line for each step; a step that fails prints its error.
 */
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

import { build } from 'astro'
import type { Plugin } from 'vite'

import { AddressError, siteAddress } from '../../../worker/deployment/site-url.ts'

/** Does a step, and prints how long it took. */
async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const result = await work()
  console.log(`✓ ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}

/** What the compiler says of the kernel. */
class KernelError extends Error {}

async function compileKernel(): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js')
  const run = promisify(execFile)
  await run(process.execPath, [compiler, '--config', 'worker/training/fused/kernel/asconfig.json']).catch(
    ({ stderr }: { stderr: string }) => {
      throw new KernelError(stderr)
    },
  )
}

/** The scripts of the pages contain the kernel, and the pages are drawn after them. */
function beforeScripts(ready: Promise<void>): Plugin {
  return {
    name: 'before-scripts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    buildStart: () => ready,
  }
}

async function buildAll(): Promise<void> {
  siteAddress(process.env)
  await mkdir('dist', { recursive: true })
  const kernel = step('kernel compiled', compileKernel)
  // The pages contain the letters: they come first.
  await step('letters of the cards cut', () => import('../../../worker/cards/cut-letters.node.ts'))
  const pages = step('pages built', () =>
    build({ root: 'site', logLevel: 'warn', vite: { plugins: [beforeScripts(kernel)] } }),
  )
  await Promise.all([kernel, pages])
}

process.env['ASTRO_TELEMETRY_DISABLED'] ??= '1'
process.env['KEPT_RESULTS'] ??= 'read'
try {
  await buildAll()
} catch (error) {
  console.error(error instanceof AddressError || error instanceof KernelError ? `✗ ${error.message}` : error)
  process.exit(1)
}
