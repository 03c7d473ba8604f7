/** Who may keep which answer, and for how long: the table of what operators and the edge rely on. */
import { readFileSync } from 'node:fs'

import { describe, expect, it, vi } from 'vitest'

import { chartNames } from '#charts/drawing.tsx'

import { documentation } from '../../../worker/http/openapi/routes.ts'
import { header, origin, startApp } from '../../support/app.ts'

const release = 'public, max-age=3600, stale-while-revalidate=86400'
const edge = 'public, max-age=2592000, stale-while-revalidate=86400'
const never = 'no-store'
const filled = 'filled by workerd: test/dev/security.test.ts has them'

/** Every route × how long it is kept × what it varies by; the pages apart. */
const table: Record<string, [query: string, keep: string, vary: string | null] | typeof filled> = {
  '/api/experiments': ['epochs=3', release, null],
  '/api/experiments/stream': ['epochs=3', never, null],
  '/api/experiments.csv': ['epochs=3', release, 'Accept-Encoding'],
  '/api/sweep': ['epochs=3&batchSize=4,8', release, null],
  '/api/sweep.csv': ['epochs=3&batchSize=4,8', release, 'Accept-Encoding'],
  '/api/dataset': ['examples=20', release, 'Accept-Encoding'],
  '/api/boundary': ['epochs=3', release, null],
  '/api/gradient-noise': ['epochs=3', release, null],
  '/api/generalization': ['epochs=3', release, null],
  '/api/churn': ['epochs=3', release, null],
  '/api/presets': ['', release, null],
  '/api/openapi.json': ['', release, 'Host, Accept-Encoding'],
  '/api/health': ['', never, null],
  ...Object.fromEntries(
    chartNames.map((chart) => [
      `/charts/${chart}.svg`,
      [chart === 'map' ? 'epochs=3&batchSize=4,8' : 'epochs=3', release, chart === 'map' ? 'Host' : null] as const,
    ]),
  ),
  '/cards/experiment.png': ['epochs=3', release, null],
  '/oembed': ['url=/playground', release, 'Host'],
  '/playground': filled,
  '/embed': filled,
  '/api': filled,
}

const rows = Object.entries(table).flatMap(([path, row]) => (typeof row === 'string' ? [] : [[path, ...row] as const]))

describe('the cache before the Worker', () => {
  it('is on, begins anew with each deployment, and has a row here for every route', () => {
    const toml = readFileSync('wrangler.toml', 'utf8')
    expect(toml).toMatch(/^\[cache\]\nenabled = true\ncross_version_cache = false$/m)
    expect(Object.keys(table).toSorted()).toEqual(documentation.map(({ path }) => path).toSorted())
  })

  it.each(rows)('%s?%s: %s, by %s; HEAD says the same, and what the client has comes with it', async (...row) => {
    const [path, query, keep, vary] = row
    const app = startApp()
    const url = `${path}?${query}`
    for (const method of ['HEAD', 'GET']) {
      const response = await app.get(url, { method })
      expect([response.status, header(response, 'Cache-Control'), header(response, 'Vary')]).toEqual([200, keep, vary])
      expect(header(response, 'Cloudflare-CDN-Cache-Control')).toBe(keep === never ? null : edge)
      expect(header(response, 'CDN-Cache-Control')).toBeNull()
      // It would switch `stale-while-revalidate` off.
      expect(keep).not.toContain('s-maxage')
      await response.arrayBuffer()
    }
    const etag = header(await app.get(url, { method: 'HEAD' }), 'ETag')
    expect(etag === null).toBe(keep === never)
    if (etag === null) return
    const same = await app.get(url, { headers: { 'If-None-Match': etag } })
    expect([same.status, header(same, 'Cache-Control'), header(same, 'Vary')]).toEqual([304, keep, vary])
    await app.settled()
  })

  it.each(rows.filter(([, , keep]) => keep === release))(
    '%s names its origin only where it says so',
    async (...row) => {
      const [path, query, , vary] = row
      const text = await (await startApp().get(`${path}?${query}`)).text()
      expect(text.includes(origin)).toBe(vary?.startsWith('Host') ?? false)
    },
  )

  it.each([
    ['an error of the query', '/api/experiments?epochs=x', 400, {}],
    ['a value out of range', '/charts/sweep.svg?batchSize=0', 422, {}],
    ['a path that leads nowhere', '/api/nothing', 404, {}],
    ['a URL that is too long', `/api/presets?${'x'.repeat(9000)}`, 414, {}],
    ['another format', '/oembed?url=/playground&format=xml', 501, {}],
    ['a redirect', '/api/', 308, {}],
    ['new experiments turned off', '/api/experiments?epochs=3', 503, { trainings: 'off' }],
    ['too many of one address', '/charts/sweep.svg?epochs=3', 429, { trainings: 'limited', isWithinRate: () => false }],
  ] as const)('keeps nothing of %s', async (_, url, status, options) => {
    const response = await startApp(options).get(url)
    expect([response.status, header(response, 'Cache-Control')]).toEqual([status, never])
    expect(header(response, 'Cloudflare-CDN-Cache-Control')).toBeNull()
  })

  it('keeps nothing of a fault, of another method, or of what pages ask before they ask', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const broken = startApp({
      deployment: {
        get id(): string {
          throw new Error('broken')
        },
      },
    })
    for (const [answer, status] of [
      [broken.get('/api/experiments?epochs=3'), 500],
      [startApp().get('/api/presets', { method: 'POST' }), 405],
      [startApp().get('/api/presets', { method: 'OPTIONS' }), 204],
    ] as const) {
      const response = await answer
      expect([response.status, header(response, 'Cache-Control')]).toEqual([status, never])
    }
    logged.mockRestore()
  })
})

describe('what pages of other origins are told', () => {
  it('is the same of an answer, an error and a preflight, which is remembered for a day', async () => {
    const { get } = startApp()
    const asking = {
      method: 'OPTIONS',
      headers: { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'GET' },
    }
    const preflight = await get('/api/presets', asking)
    expect(header(preflight, 'Access-Control-Max-Age')).toBe('86400')
    expect(header(preflight, 'Access-Control-Allow-Methods')).toBe('GET,HEAD')
    for (const answer of [preflight, await get('/api/presets'), await get('/api/nothing')])
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'strict-transport-security': 'max-age=63072000',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      })
  })
})
