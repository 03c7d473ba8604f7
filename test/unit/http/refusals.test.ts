/** How long a refusal is, and what else a request cannot do to it: however long the query, it stays small. */
import { describe, expect, it } from 'vitest'

import { documentation } from '../../../worker/http/openapi/routes.ts'
import { header, startApp } from '../../support/app.ts'

/** The longest that a refusal may be, in bytes. */
const longest = 20_000
const much = (piece: string) => piece.repeat(Math.floor(7900 / piece.length))
const queries: Record<string, string> = {
  'unknown keys': much('&a'),
  'unknown keys with values': much('&abc=de'),
  'a known key again and again': much('&epochs=x'),
  'control characters': `${encodeURIComponent('\0'.repeat(100))}=1&${much('%00')}&`.replaceAll('%00%00%00', '%00=%00&'),
  'control characters in long values': Array.from({ length: 25 }, (_, i) => `k${i}=${'%00'.repeat(100)}`).join('&'),
  'quotes and backslashes': Array.from({ length: 35 }, (_, i) => `k${i}=${'\\'.repeat(200)}`).join('&'),
  'letters that take three bytes': Array.from({ length: 8 }, (_, i) => `k${i}=${'%E2%80%AE'.repeat(100)}`).join('&'),
  'a pin with as much': `pin=${encodeURIComponent(much('&a')).slice(0, 7000)}`,
  lists: `batchSize=${much('1,')}&a`,
}
const routes = documentation.filter(({ type, query }) => !type.startsWith('text/html') && query)

describe.each(Object.entries(queries))('%s', (_, query) => {
  it('are refused on every route in at most 20 kB', async () => {
    const { get } = startApp({ trainings: 'off' })
    for (const { path } of routes) {
      const response = await get(`${path}?${query}`.slice(0, 8100))
      const text = await response.text()
      if (response.status === 200) continue
      expect([path, header(response, 'Content-Type')]).toEqual([path, 'application/problem+json'])
      expect([path, new TextEncoder().encode(text).byteLength < longest]).toEqual([path, true])
    }
  })
})

it('twenty errors are named and the others counted; the list of all keys comes once', async () => {
  const response = await startApp().get(`/api/experiments?${much('&a')}`)
  const { errors, detail } = await response.json<{ errors: { expected: string }[]; detail: string }>()
  expect([response.status, errors.length]).toEqual([400, 20])
  expect(detail).toMatch(/; and \d{4} more errors$/)
  expect(errors.filter(({ expected }) => expected.includes('datasetSeed'))).toHaveLength(1)
})

it('a Host that is no host is refused with 400', async () => {
  const request = new Request('http://minibatch.test/api/experiments')
  for (const path of ['/api/experiments?epochs=2', '/playground', '/api']) {
    const impossible = new Proxy(request, {
      get: (target, key) => (key === 'url' ? `http://a:99999${path}` : Reflect.get(target, key, target)),
    })
    const response = await startApp().fetch(impossible)
    expect([path, response.status, header(response, 'Cache-Control')]).toEqual([path, 400, 'no-store'])
    expect(header(response, 'Content-Security-Policy')).toContain("default-src 'none'")
  }
})
