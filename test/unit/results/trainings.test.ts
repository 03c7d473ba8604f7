import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { Numbers } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { BusyError, type QueueOptions } from '#results/training-queue.ts'
import { Trainings, type Requester, type Task } from '#results/trainings.ts'
import { trainNumbers } from '#training/by-engine.ts'
import type { TrainingSteps } from '#training/progress.ts'
import { startTensorFlow } from '#training/tensorflow/tensorflow.ts'

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A real training of about a dozen slices. */
const spec = completeSpec({ batchSize: 4, epochs: 2, engine: 'layers' })

let started: number
const counted = (asked: ExperimentSpec): TrainingSteps => {
  started++
  return trainNumbers(asked)
}

/** Room for some trainings; nobody may wait for more. */
const roomFor = (most: number, more: Partial<QueueOptions> = {}) =>
  new Trainings({ inFlight: { short: most, long: most }, waiting: { most: 0, longest: 1000 }, ...more })

/** What is asked for by its key: always the same training. */
const task = (key: string): Task<Numbers, Numbers> => ({
  key,
  spec,
  train: counted,
  finish: async (numbers) => numbers,
})
const admit = async () => {}

/** Follows to the end. */
async function endOf<Outcome extends object>(
  trainings: Trainings,
  asked: Task<Numbers, Outcome>,
  asker: Partial<Requester> = {},
): Promise<Outcome> {
  const steps = trainings.follow(asked, { admit, ...asker })
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}

const numbersOf = (trainings: Trainings, key: string, signal?: AbortSignal) =>
  endOf(trainings, task(key), signal ? { signal } : {})

const tf = startTensorFlow()
const idle = tf.memory().numTensors
beforeEach(() => {
  started = 0
})
afterEach(() => expect(tf.memory().numTensors).toBe(idle))

describe('identical requests', () => {
  it('train once and get the same numbers', async () => {
    const trainings = roomFor(4)
    const all = await Promise.all(Array.from({ length: 4 }, () => numbersOf(trainings, 'a')))
    expect(started).toBe(1)
    expect(new Set(all).size).toBe(1)
    expect(trainings.count).toBe(0)
  })

  it('see progress, whoever drives', async () => {
    const trainings = roomFor(4)
    const seen = [0, 0]
    await Promise.all(
      seen.map(async (_, follower) => {
        for await (const step of trainings.follow(task('a'), { admit })) {
          expect(step).toMatchObject({ seed: 1 })
          seen[follower]!++
        }
      }),
    )
    expect(seen[0]).toBeGreaterThan(3)
    expect(seen[1]).toBeGreaterThan(3)
  })
})

describe('when the request that trains goes away', () => {
  it('with a word, the three that follow are answered, by the same training', async () => {
    const trainings = roomFor(4)
    const leaving = new AbortController()
    const leader = numbersOf(trainings, 'a', leaving.signal)
    const followers = [1, 2, 3].map(() => numbersOf(trainings, 'a'))
    await wait(60)
    leaving.abort()
    await expect(leader).rejects.toThrow('aborted')
    const numbers = await Promise.all(followers)
    expect(numbers.every((one) => one === numbers[0])).toBe(true)
    expect(started).toBe(1)
  })

  it('without a word, they are answered too', async () => {
    const trainings = roomFor(4, { takeoverAfter: 50 })
    const leader = trainings.follow(task('a'), { admit })
    await leader.next()
    // The leader is never resumed, as when its request ended between two slices.
    const numbers = await Promise.all([1, 2, 3].map(() => numbersOf(trainings, 'a')))
    expect(numbers.every((one) => one === numbers[0])).toBe(true)
    expect(started).toBe(1)
  })

  it('without a word, and the clock is set back, they are answered too', async () => {
    // Where the elapsed time counted as it is, nobody would take over for an hour.
    const trainings = roomFor(4, { takeoverAfter: 50 })
    const leader = trainings.follow(task('a'), { admit })
    await leader.next()
    const now = Date.now
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000)
    await Promise.all([1, 2].map(() => numbersOf(trainings, 'a')))
    clock.mockRestore()
    expect(started).toBe(1)
  })

  it('and nobody follows, the training stops and frees what it held', async () => {
    const trainings = roomFor(1)
    const leaving = new AbortController()
    const leader = numbersOf(trainings, 'a', leaving.signal)
    await wait(30)
    expect(tf.memory().numTensors).toBeGreaterThan(idle)
    leaving.abort()
    expect(tf.memory().numTensors).toBe(idle)
    await expect(leader).rejects.toThrow('aborted')
    expect(trainings.count).toBe(0)
  })

  it('without a word and nobody follows, the next training makes room', async () => {
    const trainings = roomFor(1, { abandonAfter: 50 })
    await trainings.follow(task('a'), { admit }).next()
    await expect(numbersOf(trainings, 'b')).rejects.toThrow(BusyError)
    await wait(80)
    expect(await numbersOf(trainings, 'b')).toHaveLength(6 * spec.epochs)
    expect(started).toBe(2)
  })

  it('and comes back to a training that was stopped, it starts again', async () => {
    const trainings = roomFor(2, { abandonAfter: 50 })
    const sleeper = trainings.follow(task('a'), { admit })
    await sleeper.next()
    await wait(80)
    await numbersOf(trainings, 'b')
    for (;;) {
      const step = await sleeper.next()
      if (!step.done) continue
      expect(step.value).toHaveLength(6 * spec.epochs)
      break
    }
    expect(started).toBe(3)
  })
})

describe('trainings in flight', () => {
  it('are bounded; one that is in flight can still be joined', async () => {
    const trainings = roomFor(1)
    const first = numbersOf(trainings, 'a')
    await expect(numbersOf(trainings, 'b')).rejects.toThrow(BusyError)
    expect(await numbersOf(trainings, 'a')).toBe(await first)
    expect(await numbersOf(trainings, 'b')).toHaveLength(6 * spec.epochs)
  })

  it('let others through between slices', async () => {
    const trainings = roomFor(1)
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await numbersOf(trainings, 'a')
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(5)
  })

  it('that fail, fail for all who follow, and are not remembered', async () => {
    let failures = 0
    const trainings = roomFor(1)
    const failing: Task<Numbers, Numbers> = {
      ...task('a'),
      *train(asked) {
        const training = counted(asked)
        try {
          const slice = training.next()
          if (!slice.done) yield slice.value
          throw new Error(`failure ${++failures}`)
        } finally {
          training.return(undefined as never)
        }
      },
    }
    const both = await Promise.allSettled([endOf(trainings, failing), endOf(trainings, failing)])
    expect(both.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
      'Error: failure 1',
      'Error: failure 1',
    ])
    expect(trainings.count).toBe(0)
    await expect(endOf(trainings, failing)).rejects.toThrow('failure 2')
  })
})
