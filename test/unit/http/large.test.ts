/** Large answers by their routes: what they count, and that they are the same bytes as ever. */
import { describe, expect, it } from 'vitest'

import { deriveResult } from '#experiment/result/derive.ts'
import { fingerprint, numbersLength } from '#experiment/result/numbers.ts'
import { assemblyLimits } from '#experiment/spec/limits.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { startApp } from '../../support/app.ts'

/** So much computing that it is worth storing. */
const given = { seeds: 200, epochs: 500, examples: 400, batchSize: 'full' } as const
const query = 'seeds=200&epochs=500&examples=400&batchSize=full'
const spec = completeSpec(given)

/** What an isolate stored that has trained it. */
const kept = (async () => {
  const app = startApp()
  await (await app.get(`/api/experiments?${query}&histories=0`)).text()
  await (await app.get('/api/experiments?epochs=60')).text()
  await app.settled()
  return app.kept
})()

/** What it must be, made at once. */
async function whole(histories: number): Promise<string> {
  const [digest, { value }] = [...(await kept)].find(([, one]) => one.value.byteLength === numbersLength(spec) * 4)!
  const numbers = new Float32Array(value)
  const outcome = { digest, fingerprint: await fingerprint(numbers), numbers }
  return JSON.stringify(deriveResult(spec, outcome, { histories }))
}

describe('a large answer', () => {
  it.each([5, 200])('with %i histories is the very text that it would be at once, also to many', async (histories) => {
    const app = startApp({ kept: await kept })
    const expected = await whole(histories)
    const answers = await Promise.all(
      [1, 2, 3].map(async () => (await app.get(`/api/experiments?${query}&histories=${histories}`)).text()),
    )
    expect(answers.every((text) => text === expected)).toBe(true)
    const events = await (await app.get(`/api/experiments/stream?${query}&histories=${histories}`)).text()
    expect(events.endsWith(`event: result\ndata: ${expected}\nid: end\n\n`)).toBe(true)
  })

  it.each([
    `/api/experiments?${query}`,
    `/api/experiments?${query}&histories=200`,
    `/api/experiments/stream?${query}`,
    `/api/experiments.csv?${query}`,
    `/api/sweep?${query}&seed=1,2`,
    `/api/sweep.csv?${query}&seed=1,2`,
    `/charts/learning-curves.svg?${query}`,
    `/cards/experiment.png?${query}`,
  ])('counts in the share of its address where its numbers are cached: %s', async (path) => {
    const app = startApp({ kept: await kept, trainings: 'limited', isWithinRate: () => false })
    const response = await app.get(path)
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '60'])
    // Nothing new was asked for.
    expect(await response.json()).toMatchObject({
      title: 'Too many large answers for one address',
      detail: 'Smaller answers are still served. Try again in 60 seconds.',
    })
    expect(app.counted).toHaveLength(1)
  })

  it('counts where trainings are off, and is answered; one that is remembered, or not large, counts nothing', async () => {
    const app = startApp({ kept: await kept, trainings: 'off' })
    const path = `/api/experiments?${query}`
    for (const [asked, count] of [
      ['/api/experiments?epochs=60', 0],
      [path, 1],
      [path, 1],
    ] as const) {
      const response = await app.get(asked)
      expect([response.status, (await response.text()).length > 100, app.counted.length]).toEqual([200, true, count])
    }
  })

  it.each([
    `/api/experiments?${query}&histories=200`,
    `/api/experiments.csv?${query}`,
    `/api/experiments/stream?${query}`,
  ])('whose readers take nothing ends for the sake of the next: %s', async (path) => {
    const app = startApp({ kept: await kept })
    // More than there is room for.
    const idle = await Promise.all(Array.from({ length: 9 }, async () => (await app.get(path)).body!))
    const begin = performance.now()
    const waiting = await Promise.all([1, 2, 3, 4].map(() => app.get(path)))
    const { longestPause, longestWait } = assemblyLimits
    expect(waiting.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(performance.now() - begin).toBeGreaterThan(longestPause - 1000)
    expect(performance.now() - begin).toBeLessThan(longestWait)
    const lost = await Promise.allSettled(idle.map((body) => new Response(body).text()))
    const complete = await waiting[0]!.text()
    const isLost = (one: (typeof lost)[0]) => one.status === 'rejected' || one.value.length < complete.length
    expect(lost.filter(isLost).length).toBeGreaterThanOrEqual(3)
    for (const { body, bodyUsed } of waiting) if (!bodyUsed) await body!.cancel()
  })

  it('whose reader leaves takes nothing from the next', async () => {
    const app = startApp({ kept: await kept })
    for (let time = 0; time < 30; time++) {
      const { body } = await app.get(`/api/experiments?${query}&histories=200`)
      await body!.cancel()
    }
    expect((await app.get(`/api/experiments?${query}&histories=200`)).status).toBe(200)
  })
})
