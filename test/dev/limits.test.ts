import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, expect, it } from 'vitest'

import { startWranglerDev, type WranglerDev } from '../support/wrangler-dev.ts'

let dev: WranglerDev
afterEach(() => dev.stop())

const get = (query: string, init?: RequestInit) => fetch(`${dev.url}/api/experiments?${query}`, init)
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
/** Small experiments, and ones of some 5 seconds. */
const small = (seed: number) => `epochs=1&examples=10&seed=${seed}`
const long = (seed: number) => `engine=layers&batchSize=1&epochs=15&seed=${seed}`

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

it('four trainings are in flight at most, and short ones pass long ones', async () => {
  dev = await startWranglerDev()
  const over: number[] = []
  const follow = async (seed: number) => {
    const { status } = await get(long(seed))
    over.push(seed)
    return status
  }
  const three = [1, 2, 3].map(follow)
  await wait(1500)
  for (let seed = 0; seed < 5; seed++) expect((await get(`epochs=200&seed=${seed}`)).status).toBe(200)
  expect(over).toEqual([])

  const fourth = follow(4)
  await wait(500)
  expect(await refusal(await get(small(1)))).toEqual([503, 2])
  // One that is in flight can be joined.
  expect(await Promise.all([...three, fourth, follow(1)])).toEqual([200, 200, 200, 200, 200])
}, 240_000)
