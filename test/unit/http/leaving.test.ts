/** Clients that go away while they are answered: nothing of what they asked for goes on. */
import { Hono } from 'hono'
import { expect, it, vi } from 'vitest'

import { emptyNumbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { Results } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'
import { progressAt, type TrainingSteps } from '#training/progress.ts'

import type { WorkerApp } from '../../../worker/http/environment.ts'
import { answerError } from '../../../worker/http/problems.ts'
import { streamExperiment } from '../../../worker/http/stream.ts'

const passing = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Trains until it is stopped; but for one epoch. */
function* endless(spec: ExperimentSpec): TrainingSteps {
  const numbers = emptyNumbers(spec)
  let epoch = 0
  while (spec.epochs > 1) yield progressAt(spec, numbers, 0, ++epoch % spec.epochs)
  return numbers
}

it('1,000 that leave mid-stream, in every way that there is, leave nothing in flight', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue()
  const trainings = new Trainings()
  const app = new Hono<WorkerApp>()
  app.get('/stream', streamExperiment(new Results(trainings, endless)))
  app.onError(answerError)
  const background: Promise<unknown>[] = []
  const env = {
    TRAININGS: 'unlimited',
    RESULTS: { getWithMetadata: async () => ({ value: null, metadata: null }), put: async () => {} },
  }
  const context = {
    waitUntil: (work: Promise<unknown>) => void background.push(work),
    passThroughOnException() {},
    props: {},
  }
  let begun = 0
  const leaves = await Promise.all(
    Array.from({ length: 1000 }).map(async (_one, index) => {
      const leaving = new AbortController()
      // Some ask for the same, most for something else; none of it ends.
      const query = `batchSize=1&epochs=500&seeds=20&seed=${index % 10 ? index % 90 : 1}`
      const asked = app.fetch(
        new Request(`http://minibatch.test/stream?${query}`, { signal: leaving.signal }),
        env,
        context,
      )
      const answer = Promise.resolve(asked).catch(() => undefined)
      // Some leave before they hear anything.
      if (index % 3 === 0) {
        await passing(index % 50)
        leaving.abort()
        return
      }
      const response = await Promise.race([answer, passing(400)])
      if (!(response instanceof Response) || !response.ok) return leaving.abort()
      const reader = response.body!.getReader()
      await reader.read()
      begun++
      // Some close their end, and the others just go.
      if (index % 3 === 1) await reader.cancel()
      else leaving.abort()
    }),
  )
  expect(leaves).toHaveLength(1000)
  expect(begun).toBeGreaterThan(0)
  await passing(500)
  expect(trainings.count).toBe(0)
  // There is room for the next one at once.
  const next = await app.fetch(new Request('http://minibatch.test/stream?epochs=1&seed=5000'), env, context)
  expect(await next.text()).toContain('event: result')
  expect(trainings.count).toBe(0)
  // Who goes away is no fault.
  expect(logged).not.toHaveBeenCalled()
  logged.mockRestore()
}, 60_000)
