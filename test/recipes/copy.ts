/**
 * A temporary copy of the repository, in which a recipe is followed: its own files and the built kernel, with the packages
 * of the original.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** What is not copied: packages, history, and what builds and tools leave. */
const left = new Set(['node_modules', '.git', '.wrangler', '.astro', 'docs', 'reports'])

export interface Copy {
  root: string
  /** Runs a Node script of a package, and returns what it wrote. Rejects with that where it fails. */
  run: (script: string, ...args: string[]) => Promise<string>
  remove: () => void
}

/** Copies the repository that the tests run in. */
export function copyRepository(): Copy {
  const root = mkdtempSync(join(tmpdir(), 'minibatch-recipe-'))
  for (const entry of readdirSync('.').filter((name) => !left.has(name) && !name.startsWith('.bench-')))
    cpSync(entry, join(root, entry), {
      recursive: true,
      filter: (from) => !['site/dist', 'site/.astro', 'test/recipes'].includes(from),
    })
  linkPackages(root)
  return {
    root,
    run: (script, ...args) => runIn(root, join('node_modules', script), args),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** A folder of links to the packages, so that tools write their caches into the copy. */
function linkPackages(root: string): void {
  const packages = resolve('node_modules')
  mkdirSync(join(root, 'node_modules'))
  for (const name of readdirSync(packages).filter((one) => !/^\.(?!bin$)/.test(one)))
    symlinkSync(join(packages, name), join(root, 'node_modules', name))
}

async function runIn(cwd: string, script: string, args: readonly string[]): Promise<string> {
  // A test runner within a test runner is none of its workers.
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV|TEST$)/.test(name)) delete env[name]
  const child = spawn(process.execPath, [script, ...args], { cwd, env })
  let written = ''
  child.stdout.on('data', (text: Buffer) => (written += text.toString()))
  child.stderr.on('data', (text: Buffer) => (written += text.toString()))
  const code = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail))
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${written.slice(-6000)}`)
  return written
}
