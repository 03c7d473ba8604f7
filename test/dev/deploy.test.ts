import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

import { expect, it } from 'vitest'

it('npm run deploy makes a bundle with the WebAssembly in it, far below the platform’s limits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minibatch-bundle-'))
  const { stdout } = await promisify(execFile)('npm', ['run', 'deploy', '--', '--dry-run', `--outdir=${folder}`])
  expect(readdirSync(folder)).toEqual(expect.arrayContaining([expect.stringMatching(/simd\.wasm$/), 'index.js']))
  for (const binding of ['env.RESULTS', 'env.ASSETS', 'env.VERSION']) expect(stdout).toContain(binding)
  // The smallest plan takes 3 MiB of gzip. Most of ours is the renderer of the cards and TensorFlow.js.
  const kibibytes = Number(/gzip: ([\d.]+) KiB/.exec(stdout)?.[1])
  expect(kibibytes).toBeGreaterThan(100)
  expect(kibibytes).toBeLessThan(1200)
  // What is read before the first answer is smaller, and does not load the renderer: a card does, when it is asked for.
  const script = readFileSync(join(folder, 'index.js'))
  expect(gzipSync(script).length / 1024).toBeLessThan(400)
  const renderer = readdirSync(folder).find((file) => file.endsWith('index_bg.wasm'))!
  expect(String(script)).toContain(`import("./${renderer}")`)
  expect(String(script)).not.toContain(`from"./${renderer}"`)
}, 60_000)
