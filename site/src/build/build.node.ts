/**
 * The script of `npm run build`: checks the address to build for, extracts the cards' glyph outlines, compiles the
 * kernel while Astro bundles the pages, and renders the pages. It prints one line per step; a step that fails prints
 * its error.
 */
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

import { build } from 'astro'
import type { Plugin } from 'vite'

import { AddressError, siteAddress } from '../../../worker/deployment/site-url.ts'

/** Runs a step and prints its duration. */
async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const result = await work()
  console.log(`✓ ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}

/** The error output of the kernel's compiler. */
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

/**
 * A Vite plugin that waits for the kernel, because the pages' scripts contain it. Pages are rendered after their
 * scripts.
 */
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
  // The pages contain the glyph outlines, so these come first.
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
