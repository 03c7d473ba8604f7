import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { sharedBrowser } from '../support/playground-page.ts'

const served = inject('served')
const { browser } = sharedBrowser()
/** A site whose pages are what their address says. */
let elsewhere: Server
beforeAll(async () => {
  elsewhere = createServer(({ url = '' }, response) =>
    response.setHeader('Content-Type', 'text/html').end(decodeURIComponent(url.slice(1))),
  ).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
})
afterAll(() => {
  elsewhere.close()
})

describe('a permalink on another site', () => {
  const specs = ['epochs=40', 'epochs=1999&batchSize=full&learningRate=0.00123&seeds=3']

  it.each([280, 480, 640])(
    'is shown whole by the frame that oEmbed gives, in %i pixels',
    async (width) => {
      for (const spec of specs) {
        const url = `${served}/playground?${spec}`
        const asked = `${served}/oembed?${new URLSearchParams({ url, maxwidth: String(width) })}`
        const { html, height } = (await (await fetch(asked)).json()) as { html: string; height: number }
        const page = await browser().newPage()
        const { port } = elsewhere.address() as AddressInfo
        await page.goto(`http://127.0.0.1:${port}/${encodeURIComponent(html)}`)
        const frame = (await (await page.waitForSelector('iframe')).contentFrame())!
        await frame.waitForLoadState()
        await frame.locator('svg.chart:visible').first().waitFor()
        // What does not fit into the window is scrolled to.
        const needed = await frame.evaluate(() => document.documentElement.scrollHeight)
        expect([spec, needed]).toEqual([spec, height])
        const content = await frame.locator('main').boundingBox()
        expect([spec, content!.height > height - 50]).toEqual([spec, true])
        const [opened] = await Promise.all([
          page.waitForEvent('popup'),
          frame.getByRole('link', { name: 'Run it yourself' }).click(),
        ])
        await opened.locator('svg.chart:visible').first().waitFor()
        expect(new URL(opened.url()).pathname).toBe('/playground')
        await opened.close()
        await page.close()
      }
    },
    60_000,
  )

  it('has a card that a browser can show', async () => {
    const page = await browser().newPage()
    await page.goto(`${served}/playground?epochs=40&seed=4`)
    const card = await page.locator('meta[property="og:image"]').getAttribute('content')
    const size = await page.evaluate(async (address) => {
      const picture = new Image()
      picture.src = address
      await picture.decode()
      return [picture.naturalWidth, picture.naturalHeight]
    }, card!)
    expect(size).toEqual([1200, 630])
    await page.close()
  }, 60_000)
})
