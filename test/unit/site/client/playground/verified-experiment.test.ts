/** An experiment of the playground on its way: trained in the browser, verified by the Worker, or trained by it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { emptyNumbers } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

import type { LiveState } from '../../../../../site/src/client/playground/live-state.ts'
import { VerifiedExperiment } from '../../../../../site/src/client/playground/verified-experiment.ts'
import type { WorkerCheckStatus } from '../../../../../site/src/client/playground/worker-check.ts'
import { TrainerError, type Trainer } from '../../../../../site/src/client/trainer/trainer.ts'

const spec = completeSpec({ epochs: 2 })
const other = completeSpec({ epochs: 3 })

/** A browser that trains at once, or fails to. */
const browser = { fails: false }
const trainer: Pick<Trainer, 'train'> = {
  train: (asked: ExperimentSpec) => ({
    done: browser.fails
      ? Promise.reject(new TrainerError('no memory'))
      : Promise.resolve({ numbers: emptyNumbers(asked), fingerprint: 'f'.repeat(64) }),
    stop: () => undefined,
  }),
}

/** A Worker that answers what it is asked, unless it is gone. */
const worker = { asked: [] as string[], isGone: false }

/** An experiment, and what is told of it. */
function experimentOf(can: Pick<Trainer, 'train'> | undefined, isVerified = true) {
  const lives: [LiveState, 'browser' | 'worker'][] = []
  const statuses: WorkerCheckStatus['name'][] = []
  const failures: string[] = []
  const experiment = new VerifiedExperiment(can, {
    onLive: (live, by) => lives.push([live, by]),
    onFailure: (why) => failures.push(why),
    ...(isVerified ? { onStatus: (status: WorkerCheckStatus) => statuses.push(status.name) } : {}),
  })
  return { experiment, lives, statuses, failures }
}

describe('an experiment of the playground', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
    vi.stubGlobal('fetch', (url: string) => {
      worker.asked.push(url)
      return worker.isGone ? Promise.reject(new TypeError('gone')) : Promise.resolve(Response.json({ url }))
    })
    Object.assign(browser, { fails: false })
    Object.assign(worker, { asked: [], isGone: false })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('is trained in the browser, then verified by the Worker without the histories of its runs', async () => {
    const { experiment, lives, statuses } = experimentOf(trainer)
    experiment.set(spec)
    await vi.advanceTimersByTimeAsync(100)
    expect(lives.map(([{ isOver }, by]) => [isOver, by])).toEqual([[true, 'browser']])
    expect(worker.asked).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(worker.asked).toEqual(['/api/experiments?epochs=2&histories=0'])
    expect(statuses).toEqual(['resting', 'asking', 'there'])
    expect(experiment.status.name).toBe('there')
    expect(lives).toHaveLength(1)
  })

  it('is not verified where nobody wants to know', async () => {
    const { experiment, lives } = experimentOf(trainer, false)
    experiment.set(spec)
    await vi.advanceTimersByTimeAsync(1000)
    expect(lives).toHaveLength(1)
    expect(worker.asked).toEqual([])
  })

  it('is the Worker’s, with its histories, where the browser cannot train it', async () => {
    const layers = completeSpec({ epochs: 2, engine: 'layers' })
    for (const [can, asked] of [
      [undefined, spec],
      [trainer, layers],
    ] as const) {
      const { experiment, lives } = experimentOf(can)
      expect(experiment.canTry(asked)).toBe(false)
      experiment.set(asked)
      await vi.advanceTimersByTimeAsync(1000)
      expect(worker.asked.at(-1)).toMatch(/epochs=2&histories=1$/)
      expect(lives.map(([live, by]) => [live.spec, live.isOver, by])).toEqual([[asked, true, 'worker']])
    }
  })

  it('is the Worker’s once the browser fails to train, and is what became of it by then', async () => {
    browser.fails = true
    const { experiment, lives, failures } = experimentOf(trainer)
    experiment.set(spec)
    await vi.advanceTimersByTimeAsync(1000)
    expect(failures).toEqual(['no memory'])
    expect(lives.map(([live, by]) => [live.spec, by])).toEqual([[spec, 'worker']])
  })

  it('is forgotten when another takes its place', async () => {
    const { experiment, lives } = experimentOf(trainer)
    experiment.set(spec)
    await vi.advanceTimersByTimeAsync(100)
    experiment.set(other)
    expect(experiment.status.name).toBe('resting')
    await vi.advanceTimersByTimeAsync(1000)
    expect(lives.map(([live]) => live.spec)).toEqual([spec, other])
    expect(worker.asked).toEqual(['/api/experiments?epochs=3&histories=0'])
    experiment.set(undefined)
    await vi.advanceTimersByTimeAsync(1000)
    expect(worker.asked).toHaveLength(1)
  })

  it('is asked for again, where the Worker did not answer', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    worker.isGone = true
    const { experiment, lives } = experimentOf(undefined)
    experiment.set(spec)
    await vi.advanceTimersByTimeAsync(1000)
    expect(experiment.status).toEqual({ name: 'failed', words: 'You are offline.' })
    worker.isGone = false
    experiment.retry()
    await vi.advanceTimersByTimeAsync(1000)
    expect(worker.asked.map((url) => url.slice(url.indexOf('histories')))).toEqual(['histories=1', 'histories=1'])
    expect(lives.map(([, by]) => by)).toEqual(['worker'])
    experiment.retry()
    await vi.advanceTimersByTimeAsync(1000)
    expect(worker.asked).toHaveLength(2)
  })
})
