/** How much new work one address may ask for. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { estimateOperations } from '#experiment/spec/cost.ts'
import { engineNames, engines } from '#experiment/spec/engine.ts'
import { addressLimits, workQuotaInWords, storageInWords, storageLimits } from '#experiment/spec/limits.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { RateError, WorkQuota } from '../../../worker/http/work-quota.ts'

const { atOnce, perSecond, least, portion } = addressLimits
const open = async () => true
const largest = Math.max(...engineNames.map((name) => engines[name].budget))
/** The longest that a figure waits before it asks again, in seconds. */
const longestWait = 90

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** When an address has to come back, in seconds; 0 where it was let in. */
const secondsOf = (taken: Promise<void>) =>
  taken.then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof RateError)) throw error
      return error.seconds
    },
  )

/** Asks, as a page does, until it is let in; how long that took, in seconds. */
async function waitOut(shares: WorkQuota, address: string, asked: number): Promise<number> {
  for (let waited = 0; ;) {
    const seconds = await secondsOf(shares.take({ address }, asked, open))
    if (!seconds) return waited
    waited += seconds
    vi.setSystemTime(Date.now() + seconds * 1000)
  }
}

describe('the share of an address', () => {
  it('is enough for a class: 60 permalinks at once, their boundaries too, and a new setting each every 5 seconds', async () => {
    const shares = new WorkQuota()
    const hardest = estimateOperations(completeSpec({ batchSize: 1 }))
    for (let client = 0; client < 120; client++) expect(await waitOut(shares, 'school', hardest)).toBe(0)
    for (let second = 0; second < 60; second += 5) {
      vi.setSystemTime(Date.now() + 5000)
      for (let client = 0; client < 60; client++) expect(await waitOut(shares, 'school', hardest)).toBe(0)
    }
  })

  it('is not enough for one who asks for the largest again and again: it gets what the share gives, and no more', async () => {
    const shares = new WorkQuota()
    const begin = Date.now()
    let begun = 0
    while (Date.now() - begin < 600_000) {
      if ((await secondsOf(shares.take({ address: 'attacker' }, engines.fused.budget, open))) === 0)
        begun += engines.fused.budget
      vi.setSystemTime(Date.now() + 100)
    }
    expect(begun).toBeGreaterThan(atOnce + 600 * perSecond - engines.fused.budget)
    expect(begun).toBeLessThan(atOnce + 600 * perSecond + engines.fused.budget)
    // And nobody else hears of it.
    expect(await secondsOf(shares.take({ address: 'reader' }, engines.fused.budget, open))).toBe(0)
  })

  it('counts the smallest as more than it is', async () => {
    const shares = new WorkQuota()
    let begun = 0
    while ((await secondsOf(shares.take({ address: 'a' }, 1, open))) === 0) begun++
    expect(begun).toBe(Math.ceil(atOnce / least))
  })

  it('lends: the largest is let in beside many small ones, and a figure waits out what is owed', async () => {
    const shares = new WorkQuota()
    await shares.take({ address: 'a' }, atOnce - 1, open)
    await shares.take({ address: 'a' }, largest, open)
    const seconds = await secondsOf(shares.take({ address: 'a' }, 1, open))
    expect(seconds).toBe(Math.ceil((largest - 1) / perSecond))
    expect(seconds).toBeLessThanOrEqual(longestWait)
    vi.setSystemTime(Date.now() + (seconds - 1) * 1000)
    expect(await secondsOf(shares.take({ address: 'a' }, 1, open))).toBe(1)
    vi.setSystemTime(Date.now() + 1000)
    expect(await secondsOf(shares.take({ address: 'a' }, 1, open))).toBe(0)
  })

  it('takes back what was not needed, and never grows beyond what it is', async () => {
    const shares = new WorkQuota()
    await shares.take({ address: 'a' }, 2 * atOnce, open)
    shares.giveBack({ address: 'a' }, 2 * atOnce)
    shares.giveBack({ address: 'a' }, 9 * atOnce)
    await shares.take({ address: 'a' }, atOnce, open)
    expect(await secondsOf(shares.take({ address: 'a' }, 1, open))).toBe(1)
  })

  it('counts those who ask at the same time one after the other', async () => {
    const shares = new WorkQuota()
    const slow = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 50))
    const asked = Array.from({ length: 5 }, () => secondsOf(shares.take({ address: 'a' }, atOnce / 2, slow)))
    await vi.advanceTimersByTimeAsync(50)
    expect((await Promise.all(asked)).map((seconds) => seconds > 0)).toEqual([false, false, true, true, true])
  })

  it('is published in words that the limits give', () => {
    for (const number of [atOnce / 2.5e10, (perSecond * 60) / 2.5e10, (least / 2.5e10) * 1000])
      expect(workQuotaInWords).toMatch(new RegExp(`\\b${number}\\b`))
  })
})

describe('a network of IPv6', () => {
  const places = Array.from({ length: 100 }, (_, place) => ({ address: `${place}`, network: 'net' }))

  it('has more than one place, and many places together no more than that', async () => {
    const shares = new WorkQuota()
    let begun = 0
    for (const client of places)
      while ((await secondsOf(shares.take(client, engines.fused.budget, open))) === 0) begun += engines.fused.budget
    const { networkFactor } = addressLimits
    expect(begun).toBeGreaterThanOrEqual(networkFactor * atOnce)
    expect(begun).toBeLessThanOrEqual(networkFactor * atOnce + engines.fused.budget)
    // Another network is another one.
    expect(await secondsOf(shares.take({ address: '0::', network: 'other' }, 1, open))).toBe(0)
  })
})

describe('the bytes that are stored for an address', () => {
  const { bytesAtOnce, bytesPerMinute, leastBytes } = storageLimits
  const client = { address: 'a' }

  it('are at most the published megabytes at once and a minute, whatever their sizes, and of a network four times that', () => {
    for (const [asking, factor] of [
      [() => client, 1],
      [(turn: number) => ({ address: `${turn}`, network: 'net' }), addressLimits.networkFactor],
    ] as const) {
      const shares = new WorkQuota()
      const sizes = [2.4e6, 4800, 100, 480_000, 1]
      let stored = 0
      for (let second = 0; second < 600; second++) {
        sizes.forEach((size, turn) => {
          while (shares.takeBytes(asking(second * 5 + turn), size)) stored += Math.max(size, leastBytes)
        })
        vi.setSystemTime(Date.now() + 1000)
      }
      const most = factor * (bytesAtOnce + 10 * bytesPerMinute)
      expect(stored).toBeLessThanOrEqual(most)
      expect(stored).toBeGreaterThan(0.9 * most)
    }
  })

  it('come back with time alone, also where the clock was set back', () => {
    const shares = new WorkQuota()
    while (shares.takeBytes(client, bytesAtOnce / 8));
    vi.setSystemTime(Date.now() - 3_600_000)
    expect(shares.takeBytes(client, bytesAtOnce / 8)).toBe(false)
    vi.setSystemTime(Date.now() + 60_000)
    expect(shares.takeBytes(client, bytesAtOnce / 8)).toBe(true)
  })

  it('are published', () => {
    for (const number of [bytesAtOnce / 1e6, bytesPerMinute / 1e6, leastBytes / 1000, 30, 180, 0.4])
      expect(storageInWords).toMatch(new RegExp(`\\b${number}\\b`))
  })
})

describe('the platform’s limit', () => {
  it('is asked once for a portion of work, however many trainings that is, and once for a training that is more', async () => {
    const shares = new WorkQuota()
    const gate = vi.fn<() => Promise<boolean>>(open)
    for (let training = 0; training < portion / least; training++) await shares.take({ address: 'a' }, least, gate)
    const { length } = gate.mock.calls
    expect(length).toBe(1)
    await shares.take({ address: 'a' }, 20 * portion, gate)
    await shares.take({ address: 'a' }, 20 * portion, gate)
    expect(gate.mock.calls.length).toBe(length + 2)
  })

  it('refuses until its minute is over, and nothing is taken for that', async () => {
    const shares = new WorkQuota()
    for (let time = 0; time < 20; time++)
      expect(await secondsOf(shares.take({ address: 'a' }, atOnce / 4, async () => false))).toBe(60)
    expect(await secondsOf(shares.take({ address: 'a' }, atOnce, open))).toBe(0)
  })

  it('that fails lets in, and the isolate’s own share still holds', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const shares = new WorkQuota()
    const broken = async () => {
      throw new Error('no limit today')
    }
    expect(await secondsOf(shares.take({ address: 'a' }, 2 * atOnce, broken))).toBe(0)
    expect(await secondsOf(shares.take({ address: 'a' }, 1, broken))).toBe(Math.ceil(atOnce / perSecond))
    expect(warn).toHaveBeenCalledExactlyOnceWith('rate limit: Error: no limit today')
    warn.mockRestore()
  })
})
