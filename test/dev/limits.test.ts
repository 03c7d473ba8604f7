import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, expect, it } from 'vitest'

import { estimateOperations } from '#experiment/spec/cost.ts'
import { addressLimits, isolateLimits } from '#experiment/spec/limits.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { startWranglerDev } from '../support/wrangler-dev.ts'

const stops: (() => Promise<void>)[] = []
afterAll(() => Promise.all(stops.map((stop) => stop())))

/** A server of a test's own, and how it is asked. */
async function start(options: Parameters<typeof startWranglerDev>[0] = {}) {
  const dev = await startWranglerDev({ builds: false, ...options })
  stops.push(dev.stop)
  return {
    ...dev,
    get: (query: string) => fetch(`${dev.url}/api/experiments?${query}`),
    stream: (query: string, signal: AbortSignal) => fetch(`${dev.url}/api/experiments/stream?${query}`, { signal }),
  }
}

/** Small experiments that are worth storing, ones of some 3 to 8 seconds, and the longest that are allowed, of some 5 to 14. */
const small = (seed: number) => `epochs=1&seed=${seed}`
const long = (seed: number) => `engine=layers&batchSize=1&epochs=7&seed=${seed}`
const veryLong = (seed: number) => `engine=layers&batchSize=1&epochs=12&seed=${seed}`

/** The most work by its estimate, and soon over: it diverges at once. */
const exploding = { batchSize: 1, hiddenUnits: '128-128-128', learningRate: 10, momentum: 0.999 } as const
const large = (seed: number) =>
  `batchSize=1&hiddenUnits=128-128-128&learningRate=10&momentum=0.999&epochs=800&histories=0&seed=${seed}`

/** Status, and when to come back. */
const refusal = async (response: Response) => {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  const { status } = await response.json<{ status: number }>()
  expect(status).toBe(response.status)
  return [status, Number(response.headers.get('Retry-After'))]
}

// Both wait for most of their time: they do so together.
it.concurrent('one address gets its share of new work, and what is cached at any rate; trainings can be turned off', async () => {
  const state = mkdtempSync(join(tmpdir(), 'minibatch-'))
  const { get, stop } = await start({ state, trainings: 'limited' })
  // Many small ones are little work: more than the platform would count in a minute, one by one.
  const statuses = await Promise.all(
    Array.from({ length: 150 }, async (_, seed) => (await get(small(seed % 90))).status),
  )
  expect(new Set(statuses)).toEqual(new Set([200]))

  const begin = Date.now()
  const costs = estimateOperations(completeSpec({ ...exploding, epochs: 800 }))
  let begun = 0
  let last = await get(large(0))
  while (last.status === 200) last = await get(large(++begun))
  const { atOnce, perSecond } = addressLimits
  const seconds = (Date.now() - begin) / 1000
  expect(begun * costs).toBeGreaterThan(atOnce - costs - 150 * addressLimits.least)
  expect(begun * costs).toBeLessThan(atOnce + costs + seconds * perSecond)
  const [status, retryAfter] = await refusal(last)
  expect(status).toBe(429)
  expect(retryAfter).toBeGreaterThan(0)
  expect(retryAfter).toBeLessThanOrEqual(costs / perSecond + 1)
  for (let again = 0; again < 130; again++) expect((await get(small(0))).status).toBe(200)
  // When it says so, there is room again.
  await new Promise((resolve) => setTimeout(resolve, retryAfter! * 1000))
  expect((await get(large(1000))).status).toBe(200)

  await stop()
  const { get: getWhereOff, stop: stopWhereOff } = await start({ state, trainings: 'off' })
  expect((await getWhereOff(small(0))).headers.get('Cache-Status')).toBe('minibatch; hit; detail=store')
  expect(await refusal(await getWhereOff(small(1000)))).toEqual([503, 600])

  // And by the key of OPERATIONS.md, which makes no new version.
  await stopWhereOff()
  const key = [
    'kv',
    'key',
    'put',
    '--local',
    '--binding=RESULTS',
    `--persist-to=${state}`,
    '--config=wrangler.built.toml',
  ]
  await promisify(execFile)('npx', ['wrangler', ...key, 'switch:trainings', 'off'])
  const { url, get: getWhereSwitched } = await start({ state, trainings: 'limited' })
  expect((await getWhereSwitched(small(0))).headers.get('Cache-Status')).toBe('minibatch; hit; detail=store')
  expect(await refusal(await getWhereSwitched(small(1000)))).toEqual([503, 600])
  // A page whose boundary nobody has asked for comes without it, and is kept by nobody.
  const page = await fetch(`${url}/playground?${small(0)}`)
  expect([page.status, page.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
  expect(await page.text()).not.toContain('turned off')
}, 120_000)

it.concurrent('long trainings wait for room and are refused in the end; short ones pass them, 30 permalinks at once too', async () => {
  const { url, get, stream } = await start()
  const leaving = new AbortController()
  // Streams begin with their training.
  const four = await Promise.all([1, 2, 3, 4].map((seed) => stream(veryLong(seed), leaving.signal)))
  expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const asked = Date.now()
  // More than any machine trains within the longest wait.
  const others = Promise.all(
    Array.from({ length: 24 }, async (_, index) => ({
      response: await get(veryLong(5 + index)),
      after: Date.now() - asked,
    })),
  )

  const permalinks = await Promise.all(
    Array.from({ length: 30 }, (_, seed) => fetch(`${url}/playground?batchSize=${seed + 1}&seed=${seed}`)),
  )
  expect(permalinks.map(({ status }) => status)).toEqual(permalinks.map(() => 200))

  const refused = (await others).filter(({ response }) => response.status !== 200)
  expect(refused.length).toBeGreaterThan(0)
  const { longest } = isolateLimits.waiting
  for (const { response, after } of refused) {
    expect(await refusal(response)).toEqual([503, 2])
    expect(after).toBeGreaterThanOrEqual(longest)
    expect(after).toBeLessThan(longest + 5000)
  }
  // Their clients go away: there is room again.
  leaving.abort()
  expect((await get(long(6))).status).toBe(200)
}, 240_000)
