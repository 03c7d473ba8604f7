import { describe, expect, it, vi } from 'vitest'

import { ExperimentResult } from '#experiment/result/result.ts'
import { cachePolicies } from '#security/cache-control.ts'

import { header, startApp } from '../../support/app.ts'

const path = '/api/experiments?epochs=3'
/** Every route that has an ETag and needs no page of the site, with its type. */
const routes = {
  '/api/experiments?epochs=3': 'application/json',
  '/api/experiments.csv?epochs=3': 'text/csv; charset=utf-8; header=present',
  '/api/dataset?examples=20': 'application/json',
  '/api/boundary?epochs=3': 'application/json',
  '/api/gradient-noise?epochs=3': 'application/json',
  '/api/generalization?epochs=3': 'application/json',
  '/api/churn?epochs=3': 'application/json',
  '/api/presets': 'application/json',
  '/api/openapi.json': 'application/json',
  '/charts/learning-curves.svg?epochs=3': 'image/svg+xml',
  '/charts/gradient-noise.svg?epochs=3': 'image/svg+xml',
  '/cards/experiment.png?epochs=3': 'image/png',
  '/oembed?url=/playground': 'application/json',
}

describe('an answer that is the same until the next release', () => {
  it.each(Object.entries(routes))(
    '%s says its type, how long it keeps, and its ETag, also to HEAD',
    async (url, type) => {
      const { get, settled, kept } = startApp()
      // Whoever takes gzip asks for no length, which would have to be trained for.
      const headers = { 'Accept-Encoding': 'gzip' }
      const head = await get(url, { method: 'HEAD', headers })
      expect([head.status, await head.text(), kept.size]).toEqual([200, '', 0])
      expect(header(head, 'Cache-Status')).toBeNull()
      const response = await get(url)
      for (const answer of [head, response]) {
        expect(header(answer, 'Content-Type')).toBe(type)
        expect(header(answer, 'Cache-Control')).toBe(cachePolicies.release['Cache-Control'])
      }
      expect(header(await get(url, { headers }), 'ETag')).toBe(header(head, 'ETag'))
      expect(response.status).toBe(200)
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
      await settled()
    },
  )

  it('has an ETag of its own at every route', async () => {
    const { get } = startApp()
    const etags = await Promise.all(
      Object.keys(routes).map(async (url) => header(await get(url, { method: 'HEAD' }), 'ETag')),
    )
    expect(new Set(etags).size).toBe(etags.length)
    for (const etag of etags) expect(etag).toMatch(/^W\/"[!#-~]+-d1"$/)
  })

  it('has another ETag in another deployment: what derives an answer may have changed', async () => {
    const etag = async (deployment: string) =>
      header(await startApp({ deployment }).get(path, { method: 'HEAD' }), 'ETag')
    expect(await etag('d2')).not.toBe(await etag('d1'))
    expect(await etag('d1')).toBe(await etag('d1'))
  })

  it('is not sent again, and not trained, to one who has it', async () => {
    const { get, kept, settled } = startApp({ trainings: 'off' })
    const etag = header(await get(path, { method: 'HEAD' }), 'ETag')!
    const strong = etag.slice('W/'.length)
    for (const known of [etag, strong, `"other", ${etag}`, `W/"a, b",${strong} , "c"`, '*', ' * ']) {
      const response = await get(path, { headers: { 'If-None-Match': known } })
      expect([known, response.status, await response.text(), header(response, 'ETag')]).toEqual([known, 304, '', etag])
      expect(header(response, 'Cache-Control')).toBe(cachePolicies.release['Cache-Control'])
    }
    for (const unknown of ['"other"', '"a,*,b"', `"x${strong.slice(1)}`, strong.slice(1, -1), 'W/""'])
      expect([unknown, (await get(path, { headers: { 'If-None-Match': unknown } })).status]).toEqual([unknown, 503])
    await settled()
    expect(kept.size).toBe(0)
  })
})

describe('Cache-Status', () => {
  it('says trained and stored at first, then memory, and the store in the next isolate', async () => {
    const one = startApp()
    const first = await one.get(path)
    expect(header(first, 'Cache-Status')).toBe('minibatch; fwd=miss')
    const text = await first.text()
    const again = await one.get(path)
    expect(header(again, 'Cache-Status')).toBe('minibatch; hit; detail=memory')
    expect(await again.text()).toBe(text)
    await one.settled()
    const { digest, fingerprint } = ExperimentResult.parse(JSON.parse(text))
    expect([...one.kept].map(([key, { metadata }]) => [key, metadata])).toEqual([[digest, { digest, fingerprint }]])

    const next = startApp({ kept: one.kept })
    const stored = await next.get(path)
    expect(header(stored, 'Cache-Status')).toBe('minibatch; hit; detail=store')
    expect(await stored.text()).toBe(text)
    // The body of another view of the same numbers.
    expect(header(await next.get(`${path}&histories=0`), 'Cache-Status')).toBe('minibatch; hit; detail=memory')
  })

  it('is not on what needs no training', async () => {
    const { get } = startApp()
    for (const url of ['/api/dataset?examples=20', '/api/presets', '/api/openapi.json', '/charts/dataset.svg'])
      for (const _ of [1, 2]) expect([url, header(await get(url), 'Cache-Status')]).toEqual([url, null])
  })
})

it('a finished answer is remembered, and given to the next who asks the same', async () => {
  const { get } = startApp()
  const url = '/charts/small-multiples.svg?batchSize=8,16,32&seeds=10&epochs=20'
  // What is made of text is put into bytes once.
  const encode = vi.spyOn(TextEncoder.prototype, 'encode')
  const made = () => encode.mock.calls.filter(([text]) => text?.startsWith('<svg')).length
  const first = await (await get(url)).text()
  expect(made()).toBe(1)
  for (const _ of [1, 2, 3]) expect(await (await get(url)).text()).toBe(first)
  expect(made()).toBe(1)
  encode.mockRestore()
})

it('examples of the document work where it was asked for, also in an isolate with several addresses', async () => {
  const { get } = startApp()
  for (const site of ['https://one.example', 'https://two.example', 'https://one.example']) {
    const document = await (await get(`${site}/api/openapi.json`)).text()
    const sites = document.match(/https:\/\/\w+\.example/g) ?? []
    expect([...new Set(sites)]).toEqual([site])
    expect(document).toContain(`"curl '${site}/api/experiments?batchSize=64&epochs=50'"`)
  }
})
