/** What a crawler finds that begins on the playground and follows every link that it may. */
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'

import { permalink } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'

const origin = 'http://minibatch.test'
const listed = new Set(presets.map(({ spec }) => permalink(spec)))
/** The Worker answers these; all other paths are files (`run_worker_first` of wrangler.toml). */
const isOfWorker = (path: string) => /^\/(api$|api\/|charts\/|cards\/experiment|oembed|playground|embed)/.test(path)

/** Asks as the platform does. */
const get = (address: string): Promise<Response> => {
  const url = new URL(address, origin)
  return isOfWorker(url.pathname) ? exports.default.fetch(new Request(url)) : env.ASSETS.fetch(url)
}

interface Links {
  followed: Set<string>
  others: Set<string>
}

/** The links of a page, as addresses of this site: those that may be followed, and the others. */
async function linksOf(response: Response, page: string): Promise<Links> {
  const links: Links = { followed: new Set(), others: new Set() }
  const isFollowed = !(response.headers.get('X-Robots-Tag') ?? '').includes('nofollow')
  const read = new HTMLRewriter().on('a[href]', {
    element: (link) => {
      // The rewriter gives attributes as they are written.
      const href = (link.getAttribute('href') ?? '').replaceAll(/&(?:amp|#38);/g, '&')
      const url = new URL(href, new URL(page, origin))
      if (url.origin !== origin) return
      const rel = (link.getAttribute('rel') ?? '').split(' ')
      const of = isFollowed && !rel.includes('nofollow') ? links.followed : links.others
      of.add(url.pathname + url.search)
    },
  })
  await read.transform(response).text()
  return links
}

/** Every address that is found from one page on, and those that must not be followed. */
async function crawl(start: string): Promise<Links> {
  const found: Links = { followed: new Set([start]), others: new Set() }
  // A set is walked through in the order in which it grows.
  for (const page of found.followed) {
    const response = await get(page)
    const { followed, others } = await linksOf(response, page)
    for (const address of followed) found.followed.add(address)
    for (const address of others) found.others.add(address)
  }
  return found
}

describe('a crawler', () => {
  it.each(['/playground', '/playground?batchSize=7&seeds=2&epochs=30'])(
    'that begins on %s finds the pages, the reports and the tutorial’s experiments, and no other experiment',
    async (start) => {
      const { followed, others } = await crawl(start)
      followed.delete(start)
      const asked = [...followed].filter((address) => address.includes('?'))
      expect(asked.filter((address) => !listed.has(address))).toEqual([])
      expect(asked.length).toBeGreaterThan(5)
      expect(followed).toContain('/reports/batch-size-4')
      expect(followed).toContain('/api/openapi.json')
      expect(followed.size).toBeLessThan(80)
      // There are many more, which nobody is to train.
      expect([...others].filter((address) => address.startsWith('/playground?')).length).toBeGreaterThan(100)
    },
    120_000,
  )
})

describe('what search engines may list', () => {
  const robots = async (address: string) => (await get(address)).headers.get('X-Robots-Tag')

  it('are the pages of the tutorial’s experiments, with an address of their own', async () => {
    for (const address of ['/playground', '/playground?batchSize=4', '/playground?batchSize=4&metric=loss', '/api'])
      expect([address, await robots(address)]).toEqual([address, null])
    const page = await (await get('/playground?batchSize=4&metric=loss')).text()
    expect(page).toContain(`<link rel="canonical" href="${origin}/playground?batchSize=4">`)
  })

  it('are no other experiments, no refusals, no frames, and nothing that is data', async () => {
    for (const address of [
      '/playground?batchSize=7&epochs=2',
      '/playground?epochs=x',
      '/embed?batchSize=4',
      '/embed?epochs=x',
    ])
      expect([address, await robots(address)]).toEqual([address, 'noindex'])
    for (const address of [
      '/api/experiments?epochs=2',
      '/api/experiments.csv?epochs=2',
      '/charts/dataset.svg',
      '/api/nothing',
    ])
      expect([address, await robots(address)]).toEqual([address, 'noindex, nofollow'])
  })
})

describe('robots.txt', () => {
  it('lets machines read the API, its document and the pages, and names the sitemap', async () => {
    const text = await (await get('/robots.txt')).text()
    const shut = Array.from(text.matchAll(/^Disallow: (.*)$/gm), ([, path = '']) => path)
    expect(shut).toEqual(['/api/experiments/stream'])
    expect(text).toMatch(/^User-agent: \*$/m)
    expect(text).toMatch(/^Sitemap: https?:\/\/\S+\/sitemap\.xml$/m)
  })
})

describe('llms.txt', () => {
  it('names pages, routes and reports that are there', async () => {
    const response = await get('/llms.txt')
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/)
    const text = await response.text()
    expect(text).toMatch(/^# Minibatch\n\n> /)
    const addresses = Array.from(
      text.matchAll(/\]\((https?:\/\/[^)]+)\)/g),
      ([, address = '']) => new URL(address).pathname,
    )
    expect(addresses).toEqual(
      expect.arrayContaining(['/', '/playground', '/api.md', '/api/openapi.json', '/reports/sweep']),
    )
    expect(addresses.length).toBeGreaterThan(30)
    for (const address of addresses.filter((path) => path !== '/api/experiments/stream'))
      expect([address, (await get(address)).status]).toEqual([address, 200])
  })
})

describe('the guide in Markdown', () => {
  it('has every heading, example, field, route and error of the page', async () => {
    const response = await get('/api.md')
    expect(response.headers.get('Content-Type')).toMatch(/^text\/markdown/)
    const markdown = (await response.text()).replaceAll(/https?:\/\/[^/'"\s)]+(?=\/)/g, '')
    const page = await (await env.ASSETS.fetch(new URL('/api', origin))).text()
    const text = (html: string) =>
      html
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll(/&#39;|&#x27;/g, "'")
        .replaceAll(/&quot;|&#34;/g, '"')
        .replaceAll(/&amp;|&#38;/g, '&')
    const parts = (pattern: RegExp) => Array.from(page.matchAll(pattern), ([, html = '']) => text(html))
    const headings = parts(/<h[23][^>]*>(.*?)<\/h[23]>/gs)
    const examples = parts(/<pre[^>]*>(.*?)<\/pre>/gs).map((code) =>
      code.replaceAll(/https?:\/\/[^/'"\s)]+(?=\/)/g, ''),
    )
    const routes = parts(/<dt[^>]*>(.*?)<\/dt>/gs)
    const answers = parts(/<dd[^>]*>(.*?)<\/dd>/gs)
    expect([headings.length, examples.length, routes.length > 25]).toEqual([25, 16, true])
    for (const part of [...headings, ...examples, ...answers, ...routes]) expect(markdown).toContain(part.trim())
  })
})
