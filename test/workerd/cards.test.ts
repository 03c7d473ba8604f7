import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'

import { cachePolicies } from '#security/cache-control.ts'

import { createApp } from '../../worker/http/app.ts'

const origin = 'http://minibatch.test'
const path = '/cards/experiment.png'
const get = (query: string, init?: RequestInit) => exports.default.fetch(new Request(`${origin}${path}?${query}`, init))

/** A small experiment that no other test asks for. */
let next = 50_000
const fresh = () => `epochs=2&seed=${next++}`

/** The size that a PNG says it has (https://www.w3.org/TR/png/#11IHDR). */
function sizeOf(png: ArrayBuffer): { width: number; height: number } {
  expect(Array.from(new Uint8Array(png, 0, 8))).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const header = new DataView(png, 16)
  return { width: header.getUint32(0), height: header.getUint32(4) }
}

describe('/cards/experiment.png', () => {
  it('is a picture of 1200 × 630 pixels, drawn in workerd, that shared caches may keep', async () => {
    expect(navigator.userAgent).toBe('Cloudflare-Workers')
    const response = await get(fresh())
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'image/png'])
    expect(response.headers.get('Cache-Control')).toBe(cachePolicies.release['Cache-Control'])
    expect(response.headers.get('Cache-Status')).toBe('minibatch; fwd=miss')
    expect(sizeOf(await response.arrayBuffer())).toEqual({ width: 1200, height: 630 })
  })

  it('is the same for the same experiment, and another for another', async () => {
    const query = fresh()
    const [first, second, other] = await Promise.all(
      [query, query, fresh()].map(async (one) => new Uint8Array(await (await get(one)).arrayBuffer())),
    )
    expect(second).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('answers HEAD and 304 without training, by an ETag of experiment and release', async () => {
    const query = fresh()
    const head = await get(query, { method: 'HEAD' })
    expect([head.status, head.headers.get('Content-Type'), await head.text()]).toEqual([200, 'image/png', ''])
    const etag = head.headers.get('ETag')!
    const known = await get(query, { headers: { 'If-None-Match': etag } })
    expect([known.status, await known.text()]).toEqual([304, ''])
    const response = await get(query)
    expect([response.headers.get('ETag'), response.headers.get('Cache-Status')]).toEqual([etag, 'minibatch; fwd=miss'])
    expect((await get(fresh(), { method: 'HEAD' })).headers.get('ETag')).not.toBe(etag)
    await response.arrayBuffer()
  })

  it('is drawn from the numbers that another route has trained', async () => {
    const query = fresh()
    await (await exports.default.fetch(new Request(`${origin}/api/experiments?${query}`))).text()
    const response = await get(query)
    expect(response.headers.get('Cache-Status')).toBe('minibatch; hit; detail=memory')
    await response.arrayBuffer()
  })

  it('of an experiment that diverged is drawn, too', async () => {
    const response = await get('learningRate=10&momentum=0.99&batchSize=8&epochs=5')
    expect(sizeOf(await response.arrayBuffer())).toEqual({ width: 1200, height: 630 })
  })

  it.each([
    ['epochs=0', 422, 'epochs'],
    ['epochs=x', 400, 'epochs'],
    ['width=600', 400, 'width'],
  ])('refuses %s in words', async (query, status, field) => {
    const response = await get(query)
    expect([response.status, response.headers.get('Content-Type')]).toEqual([status, 'application/problem+json'])
    expect(await response.json()).toMatchObject({ status, errors: [{ field }] })
  })

  it('trains only where trainings are admitted', async () => {
    const off = { ...env, TRAININGS: 'off' }
    const response = await createApp().request(`${origin}${path}?${fresh()}`, {}, off, createExecutionContext())
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '600'])
  })
})

describe('/playground', () => {
  /** The content of every `<meta>`, and where the page says that it can be asked for a frame. */
  async function headOf(query: string): Promise<{ tags: Map<string, string>; oembed: string[] }> {
    const tags = new Map<string, string>()
    const oembed: string[] = []
    const reader = new HTMLRewriter()
      .on('meta[content]', {
        element: (meta) =>
          void tags.set(meta.getAttribute('property') ?? meta.getAttribute('name')!, meta.getAttribute('content')!),
      })
      .on('link[rel=alternate][type="application/json+oembed"]', {
        element: (link) => void oembed.push(link.getAttribute('href')!),
      })
    await reader.transform(await exports.default.fetch(new Request(`${origin}/playground?${query}`))).text()
    return { tags, oembed }
  }

  it('names the card of its experiment to those who share it, by its canonical query', async () => {
    const { tags, oembed } = await headOf('seed=7&epochs=50&fbclid=x&expect=0000000000000000')
    const card = `${origin}${path}?epochs=50&seed=7`
    expect(tags.get('og:image')).toBe(card)
    expect([tags.get('og:image:width'), tags.get('og:image:height')]).toEqual(['1200', '630'])
    expect(tags.get('twitter:card')).toBe('summary_large_image')
    expect(tags.get('og:image:alt')).toBe(`Learning curves: ${tags.get('og:title')}.`)
    expect(tags.get('twitter:image:alt')).toBe(tags.get('og:image:alt'))
    const picture = await exports.default.fetch(new Request(card))
    expect(sizeOf(await picture.arrayBuffer())).toEqual({ width: 1200, height: 630 })
    const frame = await exports.default.fetch(new Request(oembed[0]!))
    expect(await frame.json()).toMatchObject({ title: tags.get('og:title'), thumbnail_url: card })
  })

  it('that has nothing to show keeps the card of the site, and offers no frame', async () => {
    const { tags, oembed } = await headOf('epochs=0')
    expect(new URL(tags.get('og:image')!).pathname).toBe('/cards/tutorial.png')
    expect(oembed).toEqual([])
  })
})
