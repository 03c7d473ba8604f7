/** The operator's switch in KV: off within half a minute, and read no more often than that. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { isSwitchedOff } from '../../../worker/http/training-switch.ts'
import { startApp } from '../../support/app.ts'

const warn = vi.spyOn(console, 'warn')
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  warn.mockReset().mockReturnValue()
})
afterEach(() => void vi.useRealTimers())

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const path = (seed: number) => `/api/experiments?epochs=2&seed=${seed}`

it('turns new trainings off and on; what is stored is served', async () => {
  let value: string | null = null
  const app = startApp({ trainings: 'limited', switched: () => value })
  expect((await app.get(path(1))).status).toBe(200)
  await app.settled()
  value = 'off'
  later(31)
  const refused = await app.get(path(2))
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '600'])
  expect((await startApp({ switched: () => 'off', kept: app.kept }).get(path(1))).status).toBe(200)
  value = 'on'
  expect((await app.get(path(2))).status).toBe(503)
  later(31)
  expect((await app.get(path(2))).status).toBe(200)
})

it('is read once in 30 seconds, with as long a life in KV’s own cache, and keeps its value where KV fails', async () => {
  let answer: () => Promise<string | null> = async () => 'off'
  const get = vi.fn<(key: string, options: object) => Promise<string | null>>(() => answer())
  const namespace = { get } as unknown as KVNamespace
  for (let second = 0; second < 30; second++, later(1)) expect(await isSwitchedOff(namespace)).toBe(true)
  expect(get).toHaveBeenCalledExactlyOnceWith('switch:trainings', { cacheTtl: 30 })
  answer = async () => {
    throw new Error('no KV today')
  }
  expect(await isSwitchedOff(namespace)).toBe(true)
  expect(warn).toHaveBeenCalledExactlyOnceWith('switch: switch:trainings not read: Error: no KV today')
  answer = async () => null
  later(-3600)
  expect(await isSwitchedOff(namespace)).toBe(false)
})
