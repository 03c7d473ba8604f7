import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'

import { emptyNumbers } from '#experiment/result/numbers.ts'
import { ExperimentResult } from '#experiment/result/result.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { KvStore } from '#results/kv-store.ts'
import { Results } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'

import type { WorkerApp } from '../../../worker/http/environment.ts'
import { streamExperiment } from '../../../worker/http/stream.ts'
import { header, startApp, type StartedApp } from '../../support/app.ts'
import { allEvents, readEvents } from '../../support/events.ts'

/** An experiment of many slices. */
const long = 'seeds=20&histories=0'
const path = `/api/experiments/stream?${long}`

/** The events of a stream with their ids, as they are written. */
async function eventsOf({ get }: Pick<StartedApp, 'get'>, url = path, lastId?: string) {
  const text = await (await get(url, lastId === undefined ? {} : { headers: { 'Last-Event-ID': lastId } })).text()
  return text
    .trimEnd()
    .split('\n\n')
    .map((block) => {
      const { event, id, data } = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)))
      return { event: event as string, id: id as string, data: JSON.parse(data as string) }
    })
}

/** An isolate with room for one training, of experiments that last until they are told to end. */
function crowded({ longest }: { longest: number }) {
  const over = new Set<number>()
  const trainings = new Trainings({ inFlight: { short: 1, long: 1 }, waiting: { most: 9, longest } })
  const results = new Results(trainings, function* train(of) {
    while (!over.has(of.seed)) yield { run: 0, seed: of.seed, epoch: 1, metrics: null }
    return emptyNumbers(of)
  })
  const app = new Hono<WorkerApp>().get('/', streamExperiment(results))
  const nothing = { getWithMetadata: async () => ({ value: null, metadata: null }), put: async () => {} }
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} }
  const ask = async (seed: number) =>
    app.request(`/?epochs=3&seed=${seed}`, {}, { TRAININGS: 'unlimited', RESULTS: nothing }, context)
  return {
    ask,
    hear: (seed: number) => {
      const told: unknown[] = []
      const read = async () => {
        for await (const { data } of readEvents(await ask(seed))) told.push(data)
      }
      return { told, over: read() }
    },
    end: (...seeds: number[]) => seeds.forEach((seed) => over.add(seed)),
  }
}

describe('an experiment while it trains', () => {
  it('is told as it goes: every place once and in order, then the result that the API gives', async () => {
    const app = startApp()
    const response = await app.get(path)
    expect([response.status, header(response, 'Content-Type')]).toEqual([200, 'text/event-stream'])
    expect([header(response, 'Cache-Control'), header(response, 'ETag')]).toEqual(['no-store', null])
    for (const name of ['Connection', 'Transfer-Encoding']) expect(header(response, name)).toBeNull()
    const events = await allEvents(response)
    const places = events.slice(0, -1).map(({ event, data }) => {
      expect(event).toBe('progress')
      const { run, seed, epoch } = data as { run: number; seed: number; epoch: number }
      expect(seed).toBe(1 + run)
      return run * 200 + epoch
    })
    expect(places.length).toBeGreaterThan(3)
    expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b))
    const { event, data } = events.at(-1)!
    expect([event, ExperimentResult.parse(data)]).toEqual([
      'result',
      await (await app.get(`/api/experiments?${long}`)).json(),
    ])
  })

  it('is told once to each of those who look on: nobody hears the same progress twice', async () => {
    const app = startApp()
    const all = await Promise.all([1, 2, 3].map(() => eventsOf(app)))
    for (const events of all) {
      const ids = events.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(events.at(-1)).toMatchObject({ event: 'result', id: 'end' })
    }
    // One of them drives, and hears of every slice.
    expect(Math.max(...all.map((events) => events.length))).toBeGreaterThan(4)
  })

  it('is told once to one who only looks on while nothing moves', async () => {
    const results = new Results(new Trainings(), function* train(of) {
      for (const epoch of [1, 2, 3]) yield { run: 0, seed: of.seed, epoch, metrics: null }
      return emptyNumbers(of)
    })
    const nothing = { getWithMetadata: async () => ({ value: null, metadata: null }), put: async () => {} }
    const env = { TRAININGS: 'unlimited', RESULTS: nothing }
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} }
    const app = new Hono<WorkerApp>().get('/', streamExperiment(results))
    const store = new KvStore(nothing as unknown as KVNamespace)
    const driver = results.follow(completeSpec({ epochs: 3 }), {
      ...context,
      store,
      mayStore: () => true,
      admit: async () => {},
    })
    await driver.next()
    const told = (async () => (await app.request('/?epochs=3', {}, env, context)).text())()
    // It looks every 20 ms, and takes over after 250.
    await new Promise((resolve) => setTimeout(resolve, 130))
    while (!(await driver.next()).done);
    const ids = Array.from((await told).matchAll(/^id: (.*)$/gm), ([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
    expect([ids[0], ids.at(-1)]).toEqual(['1', 'end'])
  })

  it('says that it waits for room, and how many wait before it: once a second, and when that changes', async () => {
    const { hear, end } = crowded({ longest: 60_000 })
    const begin = Date.now()
    const first = hear(1)
    await vi.waitFor(() => expect(first.told).not.toEqual([]))
    const second = hear(2)
    await vi.waitFor(() => expect(second.told).toEqual([{ before: 0 }]))
    const third = hear(3)
    await vi.waitFor(() => expect(third.told).toHaveLength(3), 10_000)
    expect(third.told).toEqual([{ before: 1 }, { before: 1 }, { before: 1 }])
    // Not with every look.
    expect(Date.now() - begin).toBeGreaterThan(1900)
    end(1)
    await vi.waitFor(() => expect(third.told.at(-1)).toEqual({ before: 0 }))
    end(2, 3)
    for (const { told, over } of [first, second, third]) {
      await over
      expect(told.at(-1)).toHaveProperty('fingerprint')
    }
  })

  it('is refused by a problem when it has waited in vain; an EventSource that comes back does not name a wait', async () => {
    const { hear, ask, end } = crowded({ longest: 100 })
    const first = hear(1)
    await vi.waitFor(() => expect(first.told).not.toEqual([]))
    const refused = await (await ask(2)).text()
    expect(refused).toMatch(/^event: waiting\ndata: {"before":0}\n\n/)
    expect(refused).toMatch(/\n\nevent: problem\ndata: {.*"status":503.*}\nid: end\n\n$/)
    expect(refused.match(/^id: .*/gm)).toEqual(['id: end'])
    end(1)
    await first.over
  })

  it('goes on for one who comes back, after the place that was heard of last', async () => {
    const ids = (await eventsOf(startApp())).map(({ id }) => id)
    const middle = ids[Math.floor(ids.length / 2)]!
    const again = (await eventsOf(startApp(), path, middle)).map(({ id }) => id)
    expect(again).toEqual(ids.slice(ids.indexOf(middle) + 1))
    for (const nothing of ['', '-1', '1e9', `${middle}x`])
      expect([nothing, (await eventsOf(startApp(), path, nothing))[0]!.id]).toEqual([nothing, ids[0]])
  }, 30_000)

  it('is over for one who had the end: 204 keeps an EventSource away', async () => {
    const app = startApp({ trainings: 'off' })
    const ended = await app.get(path, { headers: { 'Last-Event-ID': 'end' } })
    expect([ended.status, header(ended, 'Cache-Control'), await ended.text()]).toEqual([204, 'no-store', ''])
    expect((await app.get('/api/experiments/stream?epochs=0', { headers: { 'Last-Event-ID': 'end' } })).status).toBe(
      422,
    )
  })

  it('is told with as many histories as are asked for, five by default', async () => {
    const app = startApp()
    const histories = async (query: string) => {
      const { data } = (await eventsOf(app, `/api/experiments/stream?epochs=2&seeds=7${query}`)).at(-1)!
      return ExperimentResult.parse(data).runs.filter(({ history }) => history).length
    }
    expect([await histories(''), await histories('&histories=2'), await histories('&histories=0')]).toEqual([5, 2, 0])
  })

  it('is refused with a status before anything runs', async () => {
    const app = startApp({ trainings: 'off' })
    const refused = await app.get(path)
    expect([refused.status, header(refused, 'Content-Type')]).toEqual([503, 'application/problem+json'])
    expect((await app.get(`${path}&foo=1`)).status).toBe(400)
  })

  it('is not trained for HEAD', async () => {
    const app = startApp({ trainings: 'limited' })
    const head = await app.get(path, { method: 'HEAD' })
    expect([head.status, header(head, 'Content-Type'), header(head, 'Cache-Control'), await head.text()]).toEqual([
      200,
      'text/event-stream',
      'no-store',
      '',
    ])
    expect(app.counted).toEqual([])
  })

  it('is trained no further when its only reader leaves, and nothing is kept', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const app = startApp()
    const events = readEvents(await app.get(path))
    expect(await events.next()).toMatchObject({ value: { event: 'progress' } })
    await events.return()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await app.settled()
    expect(app.kept.size).toBe(0)
    expect(logged).not.toHaveBeenCalled()
    logged.mockRestore()
  })
})
