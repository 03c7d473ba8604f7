/** What is made once, however often it is asked for. */
import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'

import type { Source } from '#results/results.ts'

import { createBodyCache } from '../../worker/http/body-cache.ts'
import { respond } from '../../worker/http/cached-response.ts'
import type { WorkerApp } from '../../worker/http/environment.ts'

const get = (path: string, init?: RequestInit) =>
  exports.default.fetch(new Request(`http://minibatch.test${path}`, init))
const cacheStatus = ({ headers }: Response) => headers.get('Cache-Status')

/** A route whose answer takes a while to get, and is then written by each who waited unless one has done it. */
function route(write: (text: string) => string | ReadableStream = (text) => text) {
  const need = vi.fn<() => Promise<{ text: string; source: Source }>>(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return { text: 'a long answer', source: 'training' }
  })
  const make = vi.fn<(have: { text: string }) => string | ReadableStream>(({ text }) => write(text))
  const app = new Hono<WorkerApp>().use(createBodyCache())
  app.get('/:identity', (c) => {
    const identity = c.req.param('identity')
    return respond(c, { type: 'text/plain', identity, need, make })
  })
  const ask = (identity: string, init?: RequestInit, origin = 'http://minibatch.test') =>
    app.request(`${origin}/${identity}`, init, env, createExecutionContext())
  return { need, make, ask }
}

describe('a finished answer', () => {
  it('is written once for all who waited for it, and not again for those who come later', async () => {
    const { need, make, ask } = route()
    const together = await Promise.all(Array.from({ length: 50 }, async () => ask('a')))
    for (const answer of together) expect(await answer.text()).toBe('a long answer')
    expect(make).toHaveBeenCalledTimes(1)
    expect(together.map(cacheStatus)).toEqual(together.map(() => 'minibatch; fwd=miss'))

    need.mockClear()
    const later = await ask('a')
    expect([await later.text(), cacheStatus(later)]).toEqual(['a long answer', 'minibatch; hit; detail=memory'])
    expect(later.headers.get('ETag')).toBe(together[0]!.headers.get('ETag'))
    expect([make.mock.calls.length, need.mock.calls.length]).toEqual([1, 0])
  })

  it('is another for another question, and at another address', async () => {
    const { make, ask } = route()
    await ask('a')
    await ask('b')
    await ask('a', {}, 'http://other.test')
    expect(make).toHaveBeenCalledTimes(3)
  })

  it('is neither written nor sent for HEAD, or to who has it', async () => {
    const { need, make, ask } = route()
    const head = await ask('a', { method: 'HEAD' })
    const etag = head.headers.get('ETag')!
    const unchanged = await ask('a', { headers: { 'If-None-Match': etag } })
    expect([head.status, unchanged.status]).toEqual([200, 304])
    expect(need).not.toHaveBeenCalled()
    expect(make).not.toHaveBeenCalled()
  })

  it('is made again where it is a stream, which can be read once', async () => {
    const { ask } = route((text) => new Response(text).body!)
    for (const _ of [1, 2]) expect(await (await ask('a')).text()).toBe('a long answer')
  })
})

it('security headers are hashed once, not for each answer', async () => {
  await get('/api/health')
  const hash = vi.spyOn(crypto.subtle, 'digest')
  const answers = await Promise.all(Array.from({ length: 10 }, () => get('/api/health')))
  expect(hash).not.toHaveBeenCalled()
  hash.mockRestore()
  for (const { headers } of answers) expect(headers.get('Content-Security-Policy')).toContain("style-src 'sha256-")
})

it('a chart of the first run trains no other, whatever number is asked for', async () => {
  const query = 'epochs=4&seed=4242'
  const one = await get(`/charts/decision-boundary.svg?${query}`)
  const many = await get(`/charts/decision-boundary.svg?${query}&seeds=100`)
  expect(await many.text()).toBe(await one.text())
  expect(many.headers.get('ETag')).toBe(one.headers.get('ETag'))
  expect(cacheStatus(many)).toBe('minibatch; hit; detail=memory')
  expect(cacheStatus(await get(`/api/experiments?${query}`))).toBe('minibatch; hit; detail=memory')
  expect(cacheStatus(await get(`/api/experiments?${query}&seeds=100`))).toBe('minibatch; fwd=miss')
})
