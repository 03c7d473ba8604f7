import { execFile } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

/** Builds a copy of the repository after a change, and gives what it printed. */
async function buildWith(change: (root: string) => void): Promise<{ code: number; stdout: string; stderr: string }> {
  const root = mkdtempSync(join(tmpdir(), 'minibatch-'))
  for (const name of ['package.json', 'tsconfig.json', 'wrangler.toml', 'worker', 'site'])
    cpSync(name, join(root, name), { recursive: true, filter: (from) => from !== join('site', 'dist') })
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  change(root)
  return promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: root }).then(
    (printed) => ({ code: 0, ...printed }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
}

it('a build whose kernel does not compile prints what the compiler says', async () => {
  const { code, stdout, stderr } = await buildWith((root) =>
    appendFileSync(join(root, 'worker/training/fused/kernel/order.ts'), '\nlet wrong: nothing = 1\n'),
  )
  expect(code).toBe(1)
  expect(stderr).toContain("Cannot find name 'nothing'")
  expect(stdout).not.toContain('pages built')
}, 60_000)

it('a build with a chapter that cannot be read says where', async () => {
  const { code, stdout, stderr } = await buildWith((root) =>
    appendFileSync(join(root, 'site/src/content/tutorial/2-three-flavors.mdx'), '\n<Value of=\n'),
  )
  expect(code).toBe(1)
  expect(stdout + stderr).toContain('2-three-flavors.mdx')
  expect(stdout).not.toContain('pages built')
}, 60_000)
