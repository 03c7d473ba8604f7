import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ExperimentResult } from '#experiment/result/result.ts'
import type { Progress } from '#training/progress.ts'

import { readEvents } from '../support/events.ts'
import { startWranglerDev, type WranglerDev } from '../support/wrangler-dev.ts'

let dev: WranglerDev
beforeAll(async () => {
  dev = await startWranglerDev()
}, 90_000)
afterAll(() => dev.stop())

const get = (path: string, init?: RequestInit) => fetch(dev.url + path, init)
const cacheStatus = (response: Response) => response.headers.get('Cache-Status')
const result = async (response: Response) => ExperimentResult.parse(await response.json())

describe('npm start', () => {
  it('prints a line for each step, then the address, and trains nothing', () => {
    const lines = dev.output().split('\n')
    const shown = lines.slice(0, lines.findIndex((line) => line.includes('Ready on')) + 1)
    // npm says first what it runs.
    expect(shown.filter((line) => line !== '' && !line.startsWith('> '))).toEqual([
      expect.stringMatching(/^✓ letters of the cards cut in [\d.]+ s$/),
      expect.stringMatching(/^✓ kernel compiled in [\d.]+ s$/),
      expect.stringMatching(/^✓ pages built in [\d.]+ s$/),
      // The repository keeps exactly what the pages show: else a hint follows.
      expect.stringMatching(/^✓ results: \d+ from the repository, 0 trained$/),
      '⎔ Starting local server...',
      `[wrangler:info] Ready on ${dev.url}`,
    ])
  })

  it('trains the tutorial’s network, and answers the second time from the cache, also after a restart', async () => {
    const first = await get('/api/experiments?batchSize=32')
    expect(cacheStatus(first)).toBe('minibatch; fwd=miss')
    const trained = await result(first)
    expect(trained.runs[0]!.final['testAccuracy']).toBeGreaterThan(0.78)

    const second = await get('/api/experiments?batchSize=32')
    expect(cacheStatus(second)).toBe('minibatch; hit; detail=memory')

    await dev.stop()
    dev = await startWranglerDev({ state: dev.state, builds: false })
    const third = await get('/api/experiments')
    expect(cacheStatus(third)).toBe('minibatch; hit; detail=store')
    expect(await result(third)).toEqual(trained)
  }, 120_000)

  it('opens a permalink: the page holds the experiment that the API gives', async () => {
    const { permalink, fingerprint, runs } = await result(await get('/api/experiments?batchSize=full&epochs=30'))
    const page = await get(permalink)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain(fingerprint.slice(0, 16))
    expect(html).toContain(`<td>${runs[0]!.final['testAccuracy']}</td>`)
  })

  it('serves the site, and a page of its own for what is not there', async () => {
    const home = await get('/')
    expect([home.status, await home.text()]).toEqual([200, expect.stringContaining('/charts/learning-curves.svg')])
    const missing = await get('/nothing-here')
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('There is no such page')])
  })

  it('draws a card though those who asked first, while the renderer starts, went away', async () => {
    await (await get('/api/experiments?epochs=40&seed=5')).text()
    const card = '/cards/experiment.png?epochs=40&seed=5'
    const gone = [0, 1, 2, 4, 8, 16, 32, 64].map((milliseconds) =>
      get(card, { signal: AbortSignal.timeout(milliseconds) }).catch((error: Error) => error.name),
    )
    const followers = await Promise.all([1, 2, 3].map(() => get(card)))
    await Promise.all(gone)
    for (const response of [...followers, await get(card)])
      expect([response.status, (await response.arrayBuffer()).byteLength > 10_000]).toEqual([200, true])
  }, 60_000)

  it('answers three followers when the request that trains is aborted a third of the way: they go on where it stopped', async () => {
    const query = 'batchSize=1&seeds=60&histories=0&seed=12'
    const leaving = new AbortController()
    const leader = get(`/api/experiments?${query}`, { signal: leaving.signal }).catch((error: Error) => error.name)
    // One that looks on says how far it is.
    const onlooker = readEvents(await get(`/api/experiments/stream?${query}`))
    const followers = [1, 2, 3].map(() => get(`/api/experiments?${query}`))
    const runs: number[] = []
    for await (const { event, data } of onlooker) {
      if (event !== 'progress') continue
      const { run } = data as Progress
      runs.push(run)
      if (run >= 20) leaving.abort()
    }
    expect(await leader).toBe('AbortError')
    // Nothing was trained twice: who begins anew shows its first runs.
    expect(runs).toEqual(runs.toSorted((one, other) => one - other))
    expect(runs.at(-1)).toBeGreaterThan(50)
    const answers = await Promise.all((await Promise.all(followers)).map(result))
    expect(new Set(answers.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(answers[0]!.summary.runs).toBe(60)
  }, 60_000)

  it('answers others while it trains', async () => {
    const slow = get('/api/experiments?batchSize=1&seeds=150&histories=0&seed=21')
    await new Promise((resolve) => setTimeout(resolve, 200))
    let answered = 0
    const trained = slow.then(() => 'trained')
    while ((await Promise.race([trained, get('/api/health').then(({ status }) => status)])) === 200) answered++
    expect((await slow).status).toBe(200)
    expect(answered).toBeGreaterThan(5)
  }, 60_000)
})
