import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'

const served = inject('served')
let browser: Browser
let elsewhere: Server
beforeAll(async () => {
  browser = await launchChromium()
  elsewhere = createServer((_, response) =>
    response
      .setHeader('Content-Type', 'text/html')
      .end(
        ['/embed?epochs=40', '/playground?epochs=40', '/']
          .map((path) => `<iframe src="${served}${path}"></iframe>`)
          .join(''),
      ),
  ).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
}, 90_000)
afterAll(async () => {
  elsewhere.close()
  await browser.close()
})

/** A page of the site, and what the browser complains about. */
async function open(address: string) {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(address, { waitUntil: 'networkidle' })
  return { page, complaints }
}

/** Compiles the smallest WebAssembly module; says what came of it. */
const compile = `WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'compiled', String)`

describe('a browser', () => {
  it('shows every page without a complaint about the policy', async () => {
    for (const path of [
      '/',
      '/api',
      '/playground?epochs=40',
      '/embed?epochs=40',
      '/charts/sweep.svg?epochs=9&batchSize=1,9',
    ]) {
      const { page, complaints } = await open(served + path)
      expect([path, complaints]).toEqual([path, []])
      await page.close()
    }
  }, 60_000)

  it('compiles WebAssembly in the site’s web workers, and in no page', async () => {
    const script = `${served}/_astro/worker.js`
    const { 'content-security-policy': policy } = Object.fromEntries((await fetch(script)).headers)
    const { page } = await open(`${served}/api`)
    await page.route(script, (route) =>
      route.fulfill({
        headers: { 'Content-Type': 'text/javascript', 'Content-Security-Policy': policy! },
        body: `${compile}.then(postMessage)`,
      }),
    )
    const inWorker = (address: string) =>
      new Promise((resolve) => {
        new Worker(address, { type: 'module' }).onmessage = ({ data }) => resolve(data)
      })
    expect(await page.evaluate(inWorker, script)).toBe('compiled')
    expect(await page.evaluate(compile)).toMatch(/violates the following Content Security/)
    await page.close()
  }, 60_000)

  it('shows /embed in a frame on another site, and no other page', async () => {
    const { page } = await open(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`)
    const [embed, ...others] = page.frames().slice(1)
    expect(embed!.url()).toBe(`${served}/embed?epochs=40`)
    expect(await embed!.getByRole('link', { name: 'Run it yourself' }).isVisible()).toBe(true)
    expect(others.map((frame) => frame.url())).toEqual([
      'chrome-error://chromewebdata/',
      'chrome-error://chromewebdata/',
    ])
    await page.close()
  }, 60_000)

  it('copies an example from the page on the API', async () => {
    const { page } = await open(`${served}/api`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy' }).first().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(`curl '${served}/api/experiments?batchSize=64&epochs=100'`)
    await page.close()
  }, 60_000)
})
