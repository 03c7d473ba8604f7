import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import golden from '../golden/fingerprints.json'
import { bundle, contentType, type Bundle } from '../support/bundle.ts'
import { launchChromium } from '../support/chromium.ts'

let browser: Browser
let fingerprints: Bundle

beforeAll(async () => {
  browser = await launchChromium()
  fingerprints = await bundle('fingerprints.browser.ts')
}, 60_000)
afterAll(() => browser.close())

it('Chromium gives the golden fingerprints, with the kernel in a memory of its own', async () => {
  const page = await browser.newPage()
  // Nothing listens there: every file is answered from the bundle.
  await page.route('http://localhost/**', (route) => {
    const path = new URL(route.request().url()).pathname
    const body = fingerprints.files.get(path)
    if (body === undefined)
      return route.fulfill({
        contentType: 'text/html',
        body: `<script type="module" src="${fingerprints.script}"></script>`,
      })
    return route.fulfill({ contentType: contentType(path), body: Buffer.from(body) })
  })
  await page.goto('http://localhost/')
  await page.waitForFunction('globalThis.fingerprints')
  const queries = JSON.stringify(Object.keys(golden.experiments))
  expect(await page.evaluate(`fingerprints(${queries})`)).toEqual(golden)
}, 60_000)
