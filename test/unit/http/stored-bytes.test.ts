/** The bytes that requests of one address store, by the whole application, with limits that a test reaches. */
import { expect, it, vi } from 'vitest'

import { storageLimits } from '#experiment/spec/limits.ts'

import { startApp } from '../../support/app.ts'

vi.mock('#experiment/spec/limits.ts', async (original) => {
  const limits = await original<typeof import('#experiment/spec/limits.ts')>()
  return { ...limits, storageLimits: { ...limits.storageLimits, bytesAtOnce: 40_000, bytesPerMinute: 6000 } }
})

/** As JSON, where one run is enough. */
const experiment = '/api/experiments?epochs=50'

it('are no more than the limits, though everything is answered; another address has its own', async () => {
  const app = startApp({ trainings: 'limited' })
  const from = (address: string) => ({ headers: { 'CF-Connecting-IP': address } })
  const stored = () => [...app.kept.values()].reduce((sum, { value }) => sum + value.byteLength, 0)
  const begin = Date.now()
  for (let seed = 0; seed < 10; seed++)
    for (const query of ['&seeds=5', '&seeds=30&examples=10&hiddenUnits=none&batchSize=full']) {
      const { status } = await app.get(`${experiment}${query}&seed=${seed * 100}&histories=0`, from('192.0.2.1'))
      expect(status).toBe(200)
    }
  await app.settled()
  const minutes = (Date.now() - begin) / 60_000
  const { bytesAtOnce, bytesPerMinute } = storageLimits
  expect(stored()).toBeLessThanOrEqual(bytesAtOnce + minutes * bytesPerMinute)
  expect(stored()).toBeGreaterThan(0.8 * bytesAtOnce)
  const before = stored()
  await app.get(`${experiment}&seed=5000`, from('192.0.2.2'))
  await app.settled()
  expect(stored()).toBeGreaterThan(before)
})

it('are not limited where the operator sets no limit for new work', async () => {
  const app = startApp({ trainings: 'unlimited' })
  for (let seed = 0; seed < 10; seed++) await app.get(`${experiment}&seeds=5&seed=${seed * 100}&histories=0`)
  await app.settled()
  expect(app.kept.size).toBe(10)
})
