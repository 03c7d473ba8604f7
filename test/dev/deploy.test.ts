import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

import { expect, it } from 'vitest'

it('npm run deploy makes a bundle with the WebAssembly in it, far below the platform’s limits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minibatch-bundle-'))
  const { stdout } = await promisify(execFile)('npm', ['run', 'deploy', '--', '--dry-run', `--outdir=${folder}`])
  expect(readdirSync(folder)).toEqual(expect.arrayContaining([expect.stringMatching(/simd\.wasm$/), 'index.js']))
  // Nothing that is published names the machine that it was built on.
  const files = globSync('site/dist/**/*.{html,xml,txt,svg}')
  expect(files.length).toBeGreaterThan(20)
  for (const file of files)
    expect([file, /localhost|127\.0\.0\.1/.exec(readFileSync(file, 'utf8'))]).toEqual([file, null])
  expect(readFileSync('site/dist/sitemap.xml', 'utf8')).toContain('https://minibatch.example/about')
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
}, 120_000)

it('npm run deploy says what is missing, and does nothing', async () => {
  const home = mkdtempSync(join(tmpdir(), 'minibatch-home-'))
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, CI: '1', SITE_URL: '', CLOUDFLARE_API_TOKEN: '' }
  const { code, stderr } = await promisify(execFile)('npm', ['run', 'deploy'], { env }).then(
    () => ({ code: 0, stderr: '' }),
    (error: { code: number; stderr: string }) => error,
  )
  expect(code).toBe(1)
  for (const words of ['npx wrangler login', 'SITE_URL is missing', 'Nothing was deployed.'])
    expect(stderr).toContain(words)
}, 60_000)
