/**
 * Bundles a Worker as a deployment would, but for the build of the site, which has to be there.
 *
 * As a global setup it bundles the product once, for all test files of a project, and provides the folder.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the product's bundle. */
    workerBundle: string
  }
}

export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'minibatch-bundle-'))
  bundleWorker('worker/index.ts', folder)
  provide('workerBundle', folder)
  return () => rmSync(folder, { recursive: true })
}

/** Bundles the Worker at `entry` into a folder: a script, and the modules of WebAssembly and data that it imports. */
export function bundleWorker(entry: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  // In the repository's root: paths in it are relative.
  const config = resolve(`.bundle-${process.pid}.toml`)
  const text = readFileSync('wrangler.toml', 'utf8').replace(/^\[build\]\n(?:.+\n)*/m, '')
  writeFileSync(config, text)
  try {
    const options = [`--config=${config}`, '--dry-run', '--minify', `--outdir=${folder}`]
    execFileSync('npx', ['wrangler', 'deploy', entry, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
  } finally {
    rmSync(config)
  }
}

/** The files of a bundle: its script, and its WebAssembly modules. */
export function filesOf(folder: string): { script: string; modules: string[] } {
  const files = readdirSync(folder)
  const script = files.find((file) => file.endsWith('.js'))
  if (script === undefined) throw new Error(`no script in ${folder}`)
  return { script, modules: files.filter((file) => /\.(wasm|bin)$/.test(file)) }
}

/** The compatibility date of `wrangler.toml`. */
export function compatibilityDate(): string {
  const date = /^compatibility_date = "([^"]+)"/m.exec(readFileSync('wrangler.toml', 'utf8'))?.[1]
  if (date === undefined) throw new Error('wrangler.toml has no compatibility_date')
  return date
}
