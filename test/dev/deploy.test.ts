import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

it('npm run deploy makes a bundle with the WebAssembly in it, far below the platform’s limits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minibatch-bundle-'))
  const { stdout } = await promisify(execFile)('npm', ['run', 'deploy', '--', '--dry-run', `--outdir=${folder}`])
  expect(readdirSync(folder)).toEqual(expect.arrayContaining([expect.stringMatching(/simd\.wasm$/), 'index.js']))
  for (const binding of ['env.RESULTS', 'env.ASSETS', 'env.VERSION']) expect(stdout).toContain(binding)
  // The smallest plan takes 3 MiB of gzip. Most of ours is TensorFlow.js.
  const kibibytes = Number(/gzip: ([\d.]+) KiB/.exec(stdout)?.[1])
  expect(kibibytes).toBeGreaterThan(100)
  expect(kibibytes).toBeLessThan(450)
}, 60_000)
