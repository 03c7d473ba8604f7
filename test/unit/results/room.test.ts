/** Who waits for room, for how long, and who goes first. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { estimateOperations } from '#experiment/spec/cost.ts'
import { isolateLimits } from '#experiment/spec/limits.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { BusyError, type QueueOptions } from '#results/training-queue.ts'
import { Trainings, type Requester } from '#results/trainings.ts'
import type { Progress } from '#training/progress.ts'

const short = completeSpec({})
const long = completeSpec({ seeds: 100, batchSize: 1 })
const progress: Progress = { run: 0, seed: 1, epoch: 0, metrics: null }

/** An isolate with one place of each kind, and trainings that last until they are told to end. */
function isolate(options: Partial<QueueOptions> = {}) {
  const trainings = new Trainings({
    inFlight: { short: 1, long: 1 },
    waiting: { most: 2, longest: 10_000 },
    ...options,
  })
  const begun: string[] = []
  const over = new Set<string>()
  const task = (key: string, spec: ExperimentSpec) => ({
    key,
    spec,
    *train() {
      begun.push(key)
      while (!over.has(key)) yield progress
      return { key }
    },
    finish: async (product: { key: string }) => product,
  })
  const steps = (key: string, spec = short, asker: Partial<Requester> = {}) =>
    trainings.follow(task(key, spec), { admit: async () => {}, ...asker })
  /** What became of a request: the key of what it got, or the error. */
  const ask = async (key: string, spec = short, asker: Partial<Requester> = {}): Promise<string> => {
    const all = steps(key, spec, asker)
    try {
      for (;;) {
        const step = await all.next()
        if (step.done) return step.value.key
      }
    } catch (error) {
      return error instanceof BusyError ? 'busy' : String(error)
    }
  }
  const end = async (...keys: string[]) => {
    for (const key of keys) over.add(key)
    await passing(100)
  }
  return { trainings, begun, ask, steps, end }
}

const passing = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('a run of the tutorial is short, 100 of them are long', () => {
  expect(estimateOperations(completeSpec({ batchSize: 1 }))).toBeLessThan(isolateLimits.shortWork)
  expect(estimateOperations(long)).toBeGreaterThan(isolateLimits.shortWork)
})

describe('who finds no room', () => {
  it('waits, and is served in the order of asking', async () => {
    const { begun, ask, end } = isolate()
    const all = ['a', 'b', 'c'].map((key) => ask(key))
    await passing(1000)
    expect(begun).toEqual(['a'])
    await end('a', 'c')
    expect(begun).toEqual(['a', 'b'])
    await end('b')
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c'])
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('waits for long trainings only with a long one: short ones have a place of their own', async () => {
    const { begun, ask, end } = isolate()
    const both = [ask('long', long), ask('longer', long)]
    await passing(1000)
    const quick = ask('short')
    await end('short')
    expect(await quick).toBe('short')
    expect(begun).toEqual(['long', 'short'])
    await end('long', 'longer')
    expect(await Promise.all(both)).toEqual(['long', 'longer'])
  })

  it('is refused after the longest time, and leaves what is in flight alone', async () => {
    const { trainings, ask, end } = isolate()
    const first = ask('a')
    const second = ask('b')
    await passing(9900)
    expect(trainings.has('b')).toBe(true)
    await passing(200)
    expect(await second).toBe('busy')
    expect(trainings.has('b')).toBe(false)
    await end('a')
    expect(await first).toBe('a')
  })

  it('waits as long as it takes where it is a part of something that has begun', async () => {
    const { trainings, ask, end } = isolate()
    const first = ask('a')
    const second = ask('b', short, { isPatient: true })
    await passing(60_000)
    expect(trainings.has('b')).toBe(true)
    await end('a', 'b')
    expect(await Promise.all([first, second])).toEqual(['a', 'b'])
  })

  it('is refused at once where as many wait as may; who asks for what waits already joins it', async () => {
    const { ask, end } = isolate()
    const all = ['a', 'b', 'c'].map((key) => ask(key))
    await passing(50)
    const joined = ask('c')
    expect(await ask('d')).toBe('busy')
    await end('a', 'b', 'c')
    expect(await Promise.all([...all, joined])).toEqual(['a', 'b', 'c', 'c'])
  })

  it('makes room for others when its client goes away', async () => {
    const { trainings, ask, end } = isolate()
    const leaving = new AbortController()
    const [first, second, third] = [ask('a'), ask('b', short, { signal: leaving.signal }), ask('c')]
    await passing(50)
    leaving.abort()
    await passing(50)
    expect(await second).toMatch(/abort/i)
    expect(trainings.has('b')).toBe(false)
    await end('a', 'c')
    expect(await Promise.all([first, third])).toEqual(['a', 'c'])
  })

  it('does not hold up those behind it when its request ends without a word', async () => {
    const { begun, ask, steps, end } = isolate()
    const first = ask('a')
    // It looks in once, and is never resumed.
    expect((await steps('b').next()).value).toEqual({ before: 0 })
    const third = ask('c')
    await passing(400)
    await end('a', 'c')
    expect(await Promise.all([first, third])).toEqual(['a', 'c'])
    expect(begun).toEqual(['a', 'c'])
  })
})

it('takes turns with all that is in flight: with four, a slice is a quarter as long', async () => {
  const trainings = new Trainings()
  const sizes: number[] = []
  const follow = (key: string) => {
    const task = {
      key,
      spec: short,
      *train(_: ExperimentSpec, slice: { fitting: (work: number) => number }) {
        for (let turn = 0; turn < 3; turn++) {
          sizes.push(slice.fitting(1))
          yield progress
        }
        return {}
      },
      finish: async (product: object) => product,
    }
    return (async () => {
      for await (const _ of trainings.follow(task, { admit: async () => {} }));
    })()
  }
  const all = ['a', 'b', 'c', 'd'].map(follow)
  await passing(1000)
  await Promise.all(all)
  expect(Math.max(...sizes)).toBe(250e6)
  expect(Math.min(...sizes)).toBe(250e6 / 4)
})
