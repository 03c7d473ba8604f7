/** Where an answer comes from, and what it costs to get it: trainings whose slices a test counts. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { Boundary } from '#experiment/result/boundary.ts'
import type { Generalization } from '#experiment/result/generalization.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { emptyNumbers, fingerprint, type Numbers } from '#experiment/result/numbers.ts'
import { digest } from '#experiment/spec/digest.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { BoundaryCache } from '#results/boundaries.ts'
import type { KvStore } from '#results/kv-store.ts'
import { createGeneralizationCache, createNoiseCache } from '#results/measurements.ts'
import { Results, type Caller } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'
import type { Progress } from '#training/progress.ts'

const spec = completeSpec({ epochs: 2 })

/** A training of some slices. */
function* slices(of: ExperimentSpec, count: number): Generator<Progress, Numbers, void> {
  for (let epoch = 1; epoch <= count; epoch++) yield { run: 0, seed: of.seed, epoch, metrics: null }
  return emptyNumbers({ seeds: 1, epochs: 2 })
}

async function ending<Value>(steps: AsyncGenerator<unknown, Value>): Promise<Value> {
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}

// The clock alone stands still: pauses pass as they do.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

/** Results with a store that a test holds in its hand. */
function isolate(count = 3) {
  const began: number[] = []
  const stopped: number[] = []
  const results = new Results(new Trainings(), function* train(of) {
    began.push(of.seed)
    let isOver = false
    try {
      const numbers = yield* slices(of, count)
      isOver = true
      return numbers
    } finally {
      if (!isOver) stopped.push(of.seed)
    }
  })
  const store = {
    get: vi.fn<KvStore['get']>(async () => undefined),
    put: vi.fn<KvStore['put']>(async () => {}),
    read: async () => undefined,
    write: async () => {},
  }
  const admit = vi.fn<() => Promise<void>>(async () => {})
  const waitUntil = vi.fn<Caller['waitUntil']>()
  const caller: Caller = { store: store as unknown as KvStore, mayStore: () => true, waitUntil, admit }
  return { results, store, caller, admit, waitUntil, began, stopped }
}

/** Who asks with a store that forgets everything. */
const callerWith = (admit: Caller['admit']): Caller => ({
  store: { read: async () => undefined, write: async () => {} } as unknown as KvStore,
  mayStore: () => true,
  waitUntil: () => {},
  admit,
})

describe('one who asks the store', () => {
  it('is not asked for leave, and trains nothing, where another has trained it in the meantime', async () => {
    const { results, store, caller, admit, began } = isolate()
    let answer: (stored: undefined) => void = () => {}
    store.get.mockImplementationOnce(() => new Promise((resolve) => void (answer = resolve)))
    const slow = results.get(spec, caller)
    while (store.get.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const quick = await results.get(spec, caller)
    expect([quick.source, began.length]).toEqual(['training', 1])
    answer(undefined)
    expect(await slow).toEqual({ ...quick, source: 'memory' })
    expect([began.length, admit.mock.calls.length]).toEqual([1, 1])
  })

  it('is not one who joins a training: the store cannot know it yet', async () => {
    const { results, store, caller, admit, waitUntil } = isolate()
    const leader = results.follow(spec, caller)
    await leader.next()
    const joined = results.follow(spec, caller)
    await joined.next()
    expect(store.get).toHaveBeenCalledTimes(1)
    const [one, other] = await Promise.all([ending(leader), ending(joined)])
    expect(other).toEqual(one)
    expect([store.get, store.put, admit, waitUntil].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 1])
  })

  it('gets what it has, and the next gets it from memory', async () => {
    const { results, store, caller, admit, began } = isolate()
    const numbers = emptyNumbers(spec)
    const stored = { digest: await digest(spec), fingerprint: await fingerprint(numbers), numbers }
    store.get.mockResolvedValue(stored)
    expect(await results.get(spec, caller)).toEqual({ ...stored, source: 'store' })
    expect(await results.get(spec, caller)).toEqual({ ...stored, source: 'memory' })
    expect([store.get.mock.calls.length, store.put.mock.calls.length, began.length]).toEqual([1, 0, 0])
    expect(admit).not.toHaveBeenCalled()
  })

  it('and may not train is refused, and nothing begins; the next may', async () => {
    const { results, caller, began } = isolate()
    const admit = async () => {
      throw new Error('not now')
    }
    await expect(results.get(spec, { ...caller, admit })).rejects.toThrow('not now')
    expect(began).toEqual([])
    expect((await results.get(spec, caller)).source).toBe('training')
  })
})

describe('a training whose driver falls silent', () => {
  it('is taken over after a quarter of a second, by the next who looks, where it stopped', async () => {
    const { results, caller, began } = isolate(5)
    const silent = results.follow(spec, caller)
    expect((await silent.next()).value).toMatchObject({ epoch: 1 })
    const other = results.follow(spec, caller)
    const epochOf = async () => ((await other.next()).value as Progress).epoch
    vi.advanceTimersByTime(250)
    expect([await epochOf(), await epochOf()]).toEqual([1, 1])
    vi.advanceTimersByTime(1)
    expect([await epochOf(), await epochOf()]).toEqual([2, 3])
    await ending(other)
    expect(began).toHaveLength(1)
    // The silent one, should it come back, gets what there is.
    expect((await ending(silent)).source).toBe('training')
  })

  it('is kept for five seconds, then given up when another asks, and begun anew should anyone come back', async () => {
    const { results, caller, began, stopped } = isolate(5)
    const silent = results.follow(spec, caller)
    await silent.next()
    vi.advanceTimersByTime(5000)
    await results.get(completeSpec({ epochs: 2, seed: 2 }), caller)
    expect(stopped).toEqual([])
    vi.advanceTimersByTime(1)
    await results.get(completeSpec({ epochs: 2, seed: 3 }), caller)
    expect(stopped).toEqual([1])
    await ending(silent)
    expect(began).toEqual([1, 2, 3, 1])
  })

  it('is given up at once when its only client goes away, and not begun for one who is gone already', async () => {
    const { results, caller, began, stopped, store } = isolate(5)
    const leaving = new AbortController()
    const steps = results.follow(spec, { ...caller, signal: leaving.signal })
    await steps.next()
    leaving.abort()
    expect(stopped).toEqual([1])
    await expect(steps.next()).rejects.toThrow('aborted')
    await expect(results.get(spec, { ...caller, signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect([began, store.put.mock.calls]).toEqual([[1], []])
  })

  it('goes on for those who follow when one client goes away', async () => {
    const { results, caller, began, stopped } = isolate(5)
    const leaving = new AbortController()
    const one = results.follow(spec, { ...caller, signal: leaving.signal })
    const other = results.follow(spec, caller)
    await one.next()
    await other.next()
    leaving.abort()
    await expect(one.next()).rejects.toThrow('aborted')
    // Nobody has to fall silent first.
    expect((await other.next()).value).toMatchObject({ epoch: 2 })
    expect((await ending(other)).source).toBe('training')
    expect([began, stopped]).toEqual([[1], []])
  })
})

describe('a training', () => {
  it('that fails, fails for all who follow; the next who asks has it begun anew', async () => {
    let failures = 0
    const trainings = new Trainings()
    const results = new Results(trainings, function* train(of) {
      yield { run: 0, seed: of.seed, epoch: 1, metrics: null }
      throw new Error(`failure ${++failures}`)
    })
    const { caller } = isolate()
    const all = await Promise.allSettled([1, 2, 3].map(() => results.get(spec, caller)))
    expect(all.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(Array(3).fill('Error: failure 1'))
    expect(trainings.count).toBe(0)
    await expect(results.get(spec, caller)).rejects.toThrow('failure 2')
  })

  it('that is over is in nobody’s way', async () => {
    const trainings = new Trainings()
    const results = new Results(trainings, (of) => slices(of, 3))
    const { caller } = isolate()
    const steps = results.follow(spec, caller)
    await steps.next()
    expect([trainings.count, trainings.has(await digest(spec))]).toEqual([1, true])
    await ending(steps)
    expect([trainings.count, trainings.has(await digest(spec))]).toEqual([0, false])
  })

  it('goes on at once from slice to slice for the one who drives it', async () => {
    const { results, caller } = isolate(60)
    const pauses = vi.spyOn(globalThis, 'setTimeout')
    await results.get(spec, caller)
    // One who looks on waits 20 ms each time.
    expect(pauses.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual(Array(60).fill(0))
    pauses.mockRestore()
  })
})

it('the memory of results holds some 16 MB: what was unused longest is asked of the store again', async () => {
  const { results, store, caller } = isolate()
  const numbers = emptyNumbers({ seeds: 200, epochs: 500 })
  store.get.mockImplementation(async (asked) => ({ digest: asked, fingerprint: 'f', numbers }))
  const sourceOf = async (seed: number) => (await results.get(completeSpec({ seed }), caller)).source
  for (const seed of [1, 2, 3, 4, 5, 6, 7]) await sourceOf(seed)
  // Of 2.4 MB each, six fit.
  expect([await sourceOf(2), await sourceOf(7), await sourceOf(1)]).toEqual(['memory', 'memory', 'store'])
})

describe('decision boundaries', () => {
  const extent: Boundary['extent'] = { x: [0, 1], y: [0, 1] }
  const boundary: Boundary = { columns: 100, rows: 100, extent, classes: [], confidences: [] }

  function planes(count = 5) {
    const began: ExperimentSpec[] = []
    const boundaries = new BoundaryCache(new Trainings(), function* train(of) {
      began.push(of)
      yield* slices(of, count)
      return { ...boundary, classes: [of.seed] }
    })
    const admit = vi.fn<() => Promise<void>>(async () => {})
    return { boundaries, began, admit, asker: callerWith(admit) }
  }

  it('are of the first run, trained once, and remembered whoever asks for how many runs', async () => {
    const { boundaries, began, admit, asker } = planes()
    const of = completeSpec({ seeds: 9, seed: 7 })
    const [one, other] = await Promise.all([boundaries.get(of, asker), boundaries.get({ ...of, seeds: 1 }, asker)])
    expect([one.source, other.source, one.boundary.classes]).toEqual(['training', 'training', [7]])
    expect(other.boundary).toBe(one.boundary)
    expect(await boundaries.get({ ...of, seeds: 3 }, asker)).toEqual({ boundary: one.boundary, source: 'memory' })
    expect(began).toEqual([{ ...of, seeds: 1 }])
    // Those who joined were not asked for leave.
    expect(admit).toHaveBeenCalledTimes(1)
  })

  it('are refused where a training may not begin', async () => {
    const { boundaries, began } = planes()
    const admit = async () => {
      throw new Error('not now')
    }
    await expect(boundaries.get(spec, callerWith(admit))).rejects.toThrow('not now')
    expect(began).toEqual([])
  })

  it('take no more than 4 MB of memory: about twenty-five', async () => {
    const { boundaries, began, asker } = planes(1)
    const ask = async (seed: number) => boundaries.get(completeSpec({ seed }), asker)
    for (let seed = 1; seed <= 60; seed++) await ask(seed)
    expect([(await ask(60)).source, (await ask(40)).source, (await ask(30)).source]).toEqual([
      'memory',
      'memory',
      'training',
    ])
    expect(began).toHaveLength(61)
  })

  it('stop when the one who asked is gone', async () => {
    const { boundaries, began, asker } = planes(50)
    const leaving = new AbortController()
    const asked = boundaries.get(spec, { ...asker, signal: leaving.signal })
    while (began.length === 0) await new Promise((resolve) => setImmediate(resolve))
    leaving.abort()
    await expect(asked).rejects.toThrow('aborted')
  })

  it('and results of the same experiment are trainings of their own, in one isolate', async () => {
    const trainings = new Trainings()
    const results = new Results(trainings, (of) => slices(of, 5))
    const boundaries = new BoundaryCache(trainings, function* train(of) {
      yield* slices(of, 5)
      return boundary
    })
    const { caller } = isolate()
    const [numbers, plane] = await Promise.all([results.get(spec, caller), boundaries.get(spec, caller)])
    expect([numbers.numbers, plane.boundary]).toEqual([expect.any(Float32Array), boundary])
  })
})

describe('what is measured of runs', () => {
  const noise: GradientNoise = {
    examples: 500,
    diverged: false,
    epochs: Array.from({ length: 201 }, (_, epoch) => epoch),
    batchSize: [],
    gradientSquare: [],
    covarianceTrace: [],
    noiseScale: [],
    noiseShare: [],
  }
  const known: Generalization = {
    freshExamples: 20_000,
    testExamples: 500,
    runs: Array.from({ length: 200 }, (_, seed) => ({ seed, diverged: true, fresh: null, test: null })),
    summary: {
      runs: 200,
      diverged: 200,
      fresh: { mean: { value: null, low: null, high: null }, standardError: null },
      test: { mean: { value: null, low: null, high: null }, standardError: null },
      belowBest: null,
    },
    best: null,
  }
  const measuring = <Value>(value: Value, began: ExperimentSpec[]) =>
    function* train(of: ExperimentSpec) {
      began.push(of)
      yield* slices(of, 3)
      return value
    }

  it('is a training of its own for each kind, shared by those who ask at the same time, and remembered', async () => {
    const trainings = new Trainings()
    const began: ExperimentSpec[] = []
    const noises = createNoiseCache(trainings, measuring(noise, began))
    const generalizations = createGeneralizationCache(trainings, ({ spec: of }) => measuring(known, began)(of))
    const admit = vi.fn<() => Promise<void>>(async () => {})
    const all = await Promise.all([
      noises.get({ spec }, callerWith(admit)),
      noises.get({ spec }, callerWith(admit)),
      generalizations.get({ spec, freshExamples: 20_000 }, callerWith(admit)),
    ])
    expect(all.map(({ value }) => value)).toEqual([noise, noise, known])
    expect([began.length, admit.mock.calls.length]).toEqual([2, 2])
    expect((await noises.get({ spec }, callerWith(admit))).source).toBe('memory')
    expect((await generalizations.get({ spec, freshExamples: 20_000 }, callerWith(admit))).source).toBe('memory')
    // More runs are another experiment.
    expect(
      (await generalizations.get({ spec: { ...spec, seeds: 2 }, freshExamples: 20_000 }, callerWith(admit))).source,
    ).toBe('training')
  })

  it('takes no more than 4 MB of memory a kind', async () => {
    const asker = callerWith(async () => {})
    const began: ExperimentSpec[] = []
    const noises = createNoiseCache(new Trainings(), measuring(noise, began))
    const generalizations = createGeneralizationCache(new Trainings(), ({ spec: of }) => measuring(known, began)(of))
    const sourceOf = async (of: typeof noises | typeof generalizations, seed: number) =>
      (await of.get({ spec: completeSpec({ seed }), freshExamples: 20_000 }, asker)).source
    // Of 11 kB each some 390 fit, of 41 kB each some hundred.
    for (const [of, most] of [
      [noises, 394],
      [generalizations, 102],
    ] as const) {
      for (let seed = 0; seed <= most; seed++) await sourceOf(of, seed)
      expect([await sourceOf(of, most), await sourceOf(of, most / 2), await sourceOf(of, 0)]).toEqual([
        'memory',
        'memory',
        'training',
      ])
    }
  }, 20_000)
})
