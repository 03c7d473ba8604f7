import type { Browser } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'

import golden from '../golden/fingerprints.json'
import { launchChromium } from '../support/chromium.ts'

let browser: Browser
let files: Map<string, string | Uint8Array>

beforeAll(async () => {
  browser = await launchChromium()
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'esnext', rolldownOptions: { input: 'test/support/fingerprints.browser.ts' } },
  })) as Rolldown.RolldownOutput
  files = new Map(output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]))
}, 60_000)
afterAll(() => browser.close())

it('Chromium gives the golden fingerprints, with the kernel in a memory of its own', async () => {
  const page = await browser.newPage()
  const script = [...files.keys()].find((name) => name.endsWith('.js'))!
  // Nothing listens there: every file is answered from the bundle.
  await page.route('http://localhost/**', (route) => {
    const path = new URL(route.request().url()).pathname
    const body = files.get(path)
    if (body === undefined)
      return route.fulfill({ contentType: 'text/html', body: `<script type="module" src="${script}"></script>` })
    const contentType = path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript'
    return route.fulfill({ contentType, body: Buffer.from(body) })
  })
  await page.goto('http://localhost/')
  await page.waitForFunction('globalThis.fingerprints')
  const queries = JSON.stringify(Object.keys(golden.experiments))
  expect(await page.evaluate(`fingerprints(${queries})`)).toEqual(golden)
}, 60_000)
