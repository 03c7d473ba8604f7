/** `/embed` in every kind of frame that pages of other origins put it into. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { palettes } from '#charts/colors.ts'

import { browsing } from '../support/browsing.ts'

const served = inject('served')
const open = browsing()

/** Another origin. Its pages are what the query says: their HTML, and their Cross-Origin-Embedder-Policy. */
let elsewhere: Server
beforeAll(async () => {
  elsewhere = createServer(({ url = '' }, response) => {
    const { searchParams } = new URL(url, 'http://elsewhere')
    const policy = searchParams.get('policy')
    if (policy !== null) response.setHeader('Cross-Origin-Embedder-Policy', policy)
    response.setHeader('Content-Type', 'text/html').end(`<!doctype html>${searchParams.get('html')}`)
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
})
afterAll(() => {
  elsewhere.close()
})

interface Framing {
  /** Attributes of the frame beside those that oEmbed gives. */
  attributes?: string
  policy?: string
}

/** The ways in which sites frame it. */
const framings: Record<string, Framing> = {
  'a plain page': {},
  'a sandboxed frame, as WordPress makes it': { attributes: 'sandbox="allow-scripts" security="restricted"' },
  'a page that isolates itself': { policy: 'require-corp' },
  'a page that isolates itself without credentials': { policy: 'credentialless' },
  'a sandboxed frame in a page that isolates itself': { attributes: 'sandbox="allow-scripts"', policy: 'require-corp' },
}

/** The frame that oEmbed gives for an experiment, in a page of another origin; with more keys in its address. */
async function framed(page: Page, { attributes = '', policy }: Framing, more = ''): Promise<Frame> {
  const url = `${served}/playground?epochs=40`
  const { html } = (await (await fetch(`${served}/oembed?${new URLSearchParams({ url })}`)).json()) as { html: string }
  const { port } = elsewhere.address() as AddressInfo
  const query = new URLSearchParams({
    html: html.replace('<iframe ', `<iframe ${attributes} `).replace('epochs=40', `epochs=40${more}`),
    ...(policy ? { policy } : {}),
  })
  await page.goto(`http://127.0.0.1:${port}/?${query}`)
  const frame = (await (await page.waitForSelector('iframe')).contentFrame())!
  await frame.waitForLoadState()
  return frame
}

/** What is seen of the charts in a frame. */
const look = (frame: Frame) =>
  frame.evaluate(() => {
    const visible = Array.from(document.querySelectorAll('svg.chart')).filter((svg) => svg.getClientRects().length > 0)
    const box = visible[0]?.getBoundingClientRect()
    const styleOf = (selector: string) => getComputedStyle(visible[0]!.querySelector(selector)!)
    const colorOf = (selector: string, property: 'stroke' | 'fill') =>
      `#${(styleOf(selector)[property].match(/\d+/g) ?? []).map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`
    return {
      charts: visible.length,
      test: colorOf('.line.test', 'stroke'),
      train: colorOf('.line.train', 'stroke'),
      filled: styleOf('.line.test').fill,
      text: colorOf('text', 'fill'),
      width: box?.width ?? 0,
      height: box?.height ?? 0,
      scrolls: document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth,
    }
  })

const { train, test, faint } = palettes.light
const drawn = { charts: 1, train, test, filled: 'none', text: faint }

describe('the figure of an experiment on another site', () => {
  it.each(Object.entries(framings))('is one chart in its colors, as large as the frame, in %s', async (_, framing) => {
    const page = await open('/404')
    const frame = await framed(page, framing)
    const { width, height, scrolls, ...rest } = await look(frame)
    expect(rest).toEqual(drawn)
    expect([width, scrolls]).toEqual([624, false])
    // Of 420: its edges and a line below it are the rest.
    expect(height).toBeGreaterThan(370)
    expect(await page.locator('iframe').evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe('0px')
  })

  it.each(Object.entries(framings))(
    'is live with controls where a worker can start, else the picture, in %s',
    async (_, framing) => {
      const page = await open('/404')
      const frame = await framed(page, framing, '&controls=batchSize')
      const canStart = !framing.attributes?.includes('sandbox')
      if (canStart) {
        await frame.waitForSelector('.embed-controls', { timeout: 30_000 })
        await frame.fill('#set-batchSize', '4')
        await expect.poll(() => frame.innerText('figcaption h1')).toBe('Batch size 4, 40 epochs')
      } else {
        // It says what it looks like when it has tried: nothing has changed.
        await expect
          .poll(() => frame.evaluate(() => performance.getEntriesByType('resource').length))
          .toBeGreaterThan(3)
        const { width: _width, height: _height, scrolls: _scrolls, ...rest } = await look(frame)
        expect(rest).toEqual(drawn)
        expect(await frame.locator('.embed-controls').count()).toBe(0)
      }
    },
  )

  it('is one chart in its colors where its style sheets do not arrive', async () => {
    const page = await open('/404', {}, (fresh) => fresh.route(/\.css$/, (route) => route.abort()))
    const { width, height, scrolls: _, ...rest } = await look(await framed(page, {}))
    expect(rest).toEqual(drawn)
    expect([Math.round(width), Math.round(height)]).toEqual([624, 380])
  })
})
