/** How long a refusal is, and what else a request cannot do to it: however long the query, it stays small. */
import { describe, expect, it } from 'vitest'

import { documentation } from '../../../worker/http/openapi/routes.ts'
import { header, startApp } from '../../support/app.ts'
import { hostileQueries, longestRefusal } from '../../support/hostile-queries.ts'

const routes = documentation.filter(({ type, query }) => !type.startsWith('text/html') && query)

describe.each(Object.entries(hostileQueries))('%s', (_, query) => {
  it('are refused on every route in at most 20 kB', async () => {
    const { get } = startApp({ trainings: 'off' })
    for (const { path } of routes) {
      const response = await get(`${path}?${query}`.slice(0, 8100))
      const text = await response.text()
      if (response.status === 200) continue
      expect([path, header(response, 'Content-Type')]).toEqual([path, 'application/problem+json'])
      expect([path, new TextEncoder().encode(text).byteLength < longestRefusal]).toEqual([path, true])
    }
  })
})

it('twenty errors are named and the others counted; the list of all keys comes once', async () => {
  const response = await startApp().get(`/api/experiments?${hostileQueries['unknown keys']}`)
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
