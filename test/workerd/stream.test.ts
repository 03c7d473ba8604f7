import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'

import { ExperimentResult } from '#experiment/result/result.ts'
import { Results } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'

import type { WorkerApp } from '../../worker/http/environment.ts'
import { streamExperiment } from '../../worker/http/stream.ts'
import { allEvents, readEvents, type ServerEvent } from '../support/events.ts'

const origin = 'http://minibatch.test'
const get = (path: string, init?: RequestInit) => exports.default.fetch(new Request(origin + path, init))
const header = (response: Response, name: string) => response.headers.get(name)
const stream = (query: string) => get(`/api/experiments/stream?${query}`)

/** An experiment of many slices that no other test asks for. */
let next = 5000
const long = () => `seeds=20&histories=0&seed=${(next += 100)}`

describe('/api/experiments/stream', () => {
  it('sends progress after every slice, then the result that the API gives', async () => {
    const query = long()
    const response = await stream(query)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/event-stream')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const events = await allEvents(response)
    const progress = events.slice(0, -1)
    expect(progress.length).toBeGreaterThan(3)
    expect(new Set(progress.map(({ event }) => event))).toEqual(new Set(['progress']))
    expect(progress.at(-1)!.data).toMatchObject({ run: expect.any(Number), metrics: { testLoss: expect.any(Number) } })
    const place = progress.map(({ data }) => data as { run: number; epoch: number })
    expect(place.toSorted((a, b) => a.run - b.run || a.epoch - b.epoch)).toEqual(place)
    const last = events.at(-1)!
    expect(last.event).toBe('result')
    expect(ExperimentResult.parse(last.data)).toEqual(await (await get(`/api/experiments?${query}`)).json())
  })

  it('answers from the cache at once, also when it is asked again', async () => {
    const query = long()
    await (await get(`/api/experiments?${query}`)).text()
    for (const _ of [1, 2]) expect((await allEvents(await stream(query))).map(({ event }) => event)).toEqual(['result'])
  })

  it('ends with the result when another request fills the cache first', async () => {
    const query = long()
    const [watched, asked, watchedToo] = await Promise.all([
      stream(query).then(allEvents),
      get(`/api/experiments?${query}`).then((response) => response.json()),
      stream(query).then(allEvents),
    ])
    expect(watched.at(-1)).toEqual({ event: 'result', data: asked })
    expect(watchedToo.at(-1)).toEqual(watched.at(-1))
  })

  it('stops training when its reader leaves, and trains from the start for the next', async () => {
    const query = long()
    const response = await stream(query)
    const events = readEvents(response)
    expect(await events.next()).toMatchObject({ value: { event: 'progress' } })
    await events.return()
    const { digest } = ExperimentResult.parse(await (await get(`/api/experiments?${query.replace('20', '1')}`)).json())
    expect(digest).toHaveLength(64)
    const again = await get(`/api/experiments?${query}`)
    expect(again.headers.get('Cache-Status')).toBe('minibatch; fwd=miss')
  })

  it('goes on after the event that a client had last, without repeating, and ends for one that had the end', async () => {
    const query = long()
    const after = (id: string, of = query) => get(`/api/experiments/stream?${of}`, { headers: { 'Last-Event-ID': id } })
    const placesOf = (events: ServerEvent[]) =>
      events.slice(0, -1).map(({ data }) => {
        const { run, epoch } = data as { run: number; epoch: number }
        return run * 200 + epoch
      })
    const text = await (await stream(query)).text()
    const places = [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id!)
    expect(places.pop()).toBe('end')
    expect(places.length).toBeGreaterThan(3)
    const middle = places[Math.floor(places.length / 2)]!

    // Another experiment of the same size, which no cache has.
    const again = await allEvents(await after(middle, long()))
    expect(again.at(-1)!.event).toBe('result')
    expect(placesOf(again).length).toBeGreaterThan(0)
    expect(Math.min(...placesOf(again))).toBeGreaterThan(Number(middle))
    for (const nothing of ['', 'x', '-1', '1e9'])
      expect(Math.min(...placesOf(await allEvents(await after(nothing, long()))))).toBeLessThan(Number(middle))

    const ended = await after('end')
    expect([ended.status, header(ended, 'Cache-Control'), await ended.text()]).toEqual([204, 'no-store', ''])
    expect((await after('end', 'epochs=0')).status).toBe(422)
  })

  it('ends with a problem when the training fails, and tells nothing of why', async () => {
    const results = new Results(new Trainings(), function* () {
      yield { run: 0, seed: 1, epoch: 0, metrics: null }
      throw new Error('secret')
    })
    const app = new Hono<WorkerApp>().get('/', streamExperiment(results))
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const response = await app.request('/', {}, env, createExecutionContext())
    const copy = response.clone()
    const events = await allEvents(response)
    expect(await copy.text()).toMatch(/^event: progress\n.*\nid: 0\n\nevent: problem\n.*\nid: end\n\n$/)
    expect(events).toEqual([
      { event: 'progress', data: { run: 0, seed: 1, epoch: 0, metrics: null } },
      { event: 'problem', data: expect.objectContaining({ status: 500, title: 'Internal error' }) },
    ])
    expect(JSON.stringify(events)).not.toContain('secret')
    expect(logged).toHaveBeenCalledOnce()
    logged.mockRestore()
  })

  it('refuses with a status, before anything runs', async () => {
    const before = (await env.RESULTS.list()).keys.length
    const refused = await stream('epochs=0')
    expect([refused.status, refused.headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
    await refused.text()
    expect((await env.RESULTS.list()).keys.length).toBe(before)
  })

  it('answers HEAD without training', async () => {
    const query = long()
    const head = await get(`/api/experiments/stream?${query}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('Content-Type'), await head.text()]).toEqual([200, 'text/event-stream', ''])
    const first = await get(`/api/experiments?${query}`)
    expect(first.headers.get('Cache-Status')).toBe('minibatch; fwd=miss')
  })
})
