/** What is stored of new experiments: never more than the published limits, and what was derived from runs, too. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { numbersLength } from '#experiment/result/numbers.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { storageLimits } from '#experiment/spec/limits.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { gunzip, gzip } from '#results/gzip.ts'
import { storageSeconds } from '#results/storage-policy.ts'

import { startApp } from '../../support/app.ts'
import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const { leastWorkPerByte, days } = storageLimits
const bytesOf = (spec: Parameters<typeof numbersLength>[0]) => numbersLength(spec) * Float32Array.BYTES_PER_ELEMENT

describe('what is stored', () => {
  it('costs in the quota at least its bytes times the published work, whatever the spec', () => {
    fc.assert(
      fc.property(fieldsAndSpec, ({ spec }) => {
        const [cost, bytes] = [estimateOperations(spec), bytesOf(spec)]
        expect(storageSeconds(cost, bytes) > 0).toBe(cost >= leastWorkPerByte * bytes)
      }),
    )
  })

  it('is the tutorial’s experiments, the short ones for a shorter time, and not what trains in a moment', () => {
    const day = 24 * 60 * 60
    const secondsOf = (given: object) => {
      const spec = completeSpec(given)
      return storageSeconds(estimateOperations(spec), bytesOf(spec))
    }
    expect(secondsOf({})).toBe(days.short * day)
    expect(secondsOf({ seeds: 100 })).toBe(days.long * day)
    expect(secondsOf({ seeds: 200, epochs: 500, examples: 10, hiddenUnits: 'none', batchSize: 'full' })).toBe(0)
  })
})

describe('what was derived from runs', () => {
  const paths = [
    '/api/boundary',
    '/charts/decision-boundary.svg',
    '/api/gradient-noise',
    '/charts/gradient-noise.svg',
    '/api/generalization',
    '/api/churn',
  ]

  it.each(paths)(
    '%s comes from the store in another isolate, also where trainings are off, and is the same',
    async (path) => {
      const before = startApp()
      const answer = await (await before.get(path)).text()
      await before.settled()
      const app = startApp({ trainings: 'off', kept: before.kept })
      const again = await app.get(path)
      expect([again.status, await again.text()]).toEqual([200, answer])
      expect((await app.get(`${path}?seed=2`)).status).toBe(503)
    },
  )

  it('is trained again where it was changed in the store', async () => {
    const before = startApp()
    const answer = await (await before.get('/api/boundary')).text()
    await before.settled()
    for (const { value } of before.kept.values()) new Uint8Array(value)[20]! ^= 1
    const again = await startApp({ kept: before.kept }).get('/api/boundary')
    expect([again.status, await again.text()]).toEqual([200, answer])
  })

  it('takes a tenth of its JSON', async () => {
    const text = new TextEncoder().encode(JSON.stringify(Array(10_000).fill(1)))
    const packed = await gzip(text)
    expect(packed.byteLength).toBeLessThan(text.byteLength / 10)
    expect(await gunzip(packed)).toEqual(text)
  })
})
