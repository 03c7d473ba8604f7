import { describe, expect, inject, it } from 'vitest'

import { estimateOperations } from '#experiment/spec/cost.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { Progress } from '#training/progress.ts'

import { readEvents, type ServerEvent } from '../support/events.ts'

const served = inject('served')

const open = (query: string, signal?: AbortSignal) =>
  fetch(`${served}/api/experiments/stream?histories=0&${query}`, signal ? { signal } : {})
const progressOf = ({ event, data }: ServerEvent) => {
  expect(event).toBe('progress')
  return data as Progress
}
/** Estimated operations of a second of computing (`worker/experiment/spec/cost.ts`). */
const secondOfWork = 2.5e10
/** About two seconds of training. */
const long = 'batchSize=1&seeds=100'

describe('a stream', () => {
  it.each([`${long}&seed=1000`, 'engine=layers&batchSize=1&epochs=3&seed=2000'])(
    'shows progress at least four times in a second of computing: %s',
    async (query) => {
      const { spec } = readSpec(new URLSearchParams(query), {}, 'refuse')
      const events: ServerEvent[] = []
      for await (const event of readEvents(await open(query))) events.push(event)
      expect(events.at(-1)).toMatchObject({ event: 'result', data: { summary: { diverged: 0 } } })
      expect(events.length).toBeGreaterThan(10)
      expect(events.length).toBeGreaterThan((4 * estimateOperations(spec)) / secondOfWork)
    },
    60_000,
  )

  it('stops its training when the client leaves: the next one begins from the start', async () => {
    const query = `${long}&seed=3000`
    const leaving = new AbortController()
    let run = 0
    for await (const event of readEvents(await open(query, leaving.signal))) {
      run = progressOf(event).run
      if (run >= 20) break
    }
    leaving.abort()
    await new Promise((resolve) => setTimeout(resolve, 500))
    const again = readEvents(await open(query))
    const { value } = await again.next()
    expect(progressOf(value!).run).toBeLessThan(5)
    await again.return()
  }, 60_000)

  it('joins a training that another request began, and both end with the same result', async () => {
    const query = `${long}&seed=4000`
    const asked = fetch(`${served}/api/experiments?histories=0&${query}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    let last: ServerEvent | undefined
    for await (const event of readEvents(await open(query))) last = event
    expect(last).toEqual({ event: 'result', data: await (await asked).json() })
  }, 60_000)
})
