import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, expect, it } from 'vitest'

import { isolateLimits } from '#experiment/limits.ts'

import { startWranglerDev, type WranglerDev } from '../support/wrangler-dev.ts'

let dev: WranglerDev
afterEach(() => dev.stop())

const get = (query: string, init?: RequestInit) => fetch(`${dev.url}/api/experiments?${query}`, init)
const stream = (query: string, signal: AbortSignal) => fetch(`${dev.url}/api/experiments/stream?${query}`, { signal })
/** Small experiments, ones of some 5 seconds, and ones of some 20. */
const small = (seed: number) => `epochs=1&examples=10&seed=${seed}`
const long = (seed: number) => `engine=layers&batchSize=1&epochs=15&seed=${seed}`
const veryLong = (seed: number) => `engine=layers&batchSize=1&epochs=60&seed=${seed}`

/** Status, and when to come back. */
const refusal = async (response: Response) => {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  const { status } = await response.json<{ status: number }>()
  expect(status).toBe(response.status)
  return [status, Number(response.headers.get('Retry-After'))]
}

it('one client gets 120 new experiments a minute, and what is cached at any rate; trainings can be turned off', async () => {
  const state = mkdtempSync(join(tmpdir(), 'minibatch-'))
  dev = await startWranglerDev({ state, trainings: 'limited' })
  const statuses: number[] = []
  let last: Response | undefined
  for (let seed = 0; seed < 200 && last?.status !== 429; seed++) {
    last = await get(small(seed))
    statuses.push(last.status)
  }
  // A minute may have turned on the way.
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(120)
  expect(await refusal(last!)).toEqual([429, 60])
  for (let again = 0; again < 130; again++) expect((await get(small(0))).status).toBe(200)

  await dev.stop()
  dev = await startWranglerDev({ state, trainings: 'off' })
  expect((await get(small(0))).headers.get('Cache-Status')).toBe('minibatch; hit; detail=store')
  expect(await refusal(await get(small(1000)))).toEqual([503, 600])
}, 120_000)

it('long trainings wait for room and are refused in the end; short ones pass them, 30 permalinks at once too', async () => {
  dev = await startWranglerDev()
  const leaving = new AbortController()
  // Streams begin with their training.
  const four = await Promise.all([1, 2, 3, 4].map((seed) => stream(veryLong(seed), leaving.signal)))
  expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const asked = Date.now()
  const fifth = get(veryLong(5))

  const permalinks = await Promise.all(
    Array.from({ length: 30 }, (_, seed) => fetch(`${dev.url}/playground?batchSize=${seed + 1}&seed=${seed}`)),
  )
  expect(permalinks.map(({ status }) => status)).toEqual(permalinks.map(() => 200))

  expect(await refusal(await fifth)).toEqual([503, 2])
  const { longest } = isolateLimits.waiting
  expect(Date.now() - asked).toBeGreaterThanOrEqual(longest)
  expect(Date.now() - asked).toBeLessThan(longest + 5000)
  // Their clients go away: there is room again.
  leaving.abort()
  expect((await get(long(6))).status).toBe(200)
}, 240_000)
