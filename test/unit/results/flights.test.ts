/** Who is served from what, slice by slice: trainings whose slices a test counts. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { Boundary } from '#experiment/boundary.ts'
import { digest } from '#experiment/digest.ts'
import { emptyNumbers, fingerprint, type Numbers, type Outcome } from '#experiment/numbers.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec.ts'
import { work } from '#experiment/work.ts'
import { Boundaries } from '#results/boundaries.ts'
import { Results, type Caller } from '#results/results.ts'
import type { Store } from '#results/store.ts'
import { Trainings } from '#results/trainings.ts'
import type { BusyError } from '#results/waiting-room.ts'
import type { Progress, Slice } from '#training/progress.ts'

const short = completeSpec({ epochs: 2 })
/** Its estimated work is more than half a second. */
const long = completeSpec({ batchSize: 1, seeds: 100 })
const waiting = { most: 0, longest: 0 }
const finish = async (numbers: Numbers) => numbers

/** A training of some slices. */
function* slices(spec: ExperimentSpec, count: number): Generator<Progress, Numbers, void> {
  for (let epoch = 1; epoch <= count; epoch++) yield { run: 0, seed: spec.seed, epoch, metrics: null }
  return emptyNumbers({ seeds: 1, epochs: 2 })
}

async function ending<Value>(steps: AsyncGenerator<Progress, Value>): Promise<Value> {
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}

// The clock alone stands still: pauses pass as they do.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('trainings in flight', () => {
  it('share a slice: two at once have half of it each, so that others are answered as soon', async () => {
    const given: Slice[] = []
    const trainings = new Trainings<Numbers>({
      most: 4,
      waiting,
      train: (spec, slice) => {
        given.push(slice)
        return slices(spec, 3)
      },
    })
    const first = trainings.follow('a', short, { finish })
    await first.next()
    const alone = given[0]!.fitting(1e6)
    const second = trainings.follow('b', short, { finish })
    await second.next()
    expect([alone, ...given.map((slice) => slice.fitting(1e6))]).toEqual([250, 125, 125])
    await ending(first)
    expect(given[1]!.fitting(1e6)).toBe(250)
    await ending(second)
  })

  it('leave a place for short ones: of four, three may be long', async () => {
    const trainings = new Trainings<Numbers>({ most: 4, waiting, train: (spec) => slices(spec, 1) })
    const begun = async (name: string, spec: ExperimentSpec) =>
      trainings
        .follow(name, spec, { finish })
        .next()
        .then(
          () => true,
          (error: BusyError) => error.name,
        )
    expect([await begun('a', long), await begun('b', long), await begun('c', long)]).toEqual([true, true, true])
    expect([await begun('d', long), trainings.count]).toEqual(['BusyError', 3])
    expect([await begun('e', short), await begun('f', short), trainings.count]).toEqual([true, 'BusyError', 4])
    expect([trainings.has('a'), trainings.has('d')]).toEqual([true, false])
  })

  it('that are long are not kept out where there is one place', async () => {
    const trainings = new Trainings<Numbers>({ most: 1, waiting, train: (spec) => slices(spec, 1) })
    expect(await ending(trainings.follow('a', long, { finish }))).toHaveLength(12)
  })

  it('are long from an estimated 1e10 operations on', async () => {
    const trainings = new Trainings<Numbers>({ most: 2, waiting, train: (spec) => slices(spec, 1) })
    await trainings.follow('a', long, { finish }).next()
    const of = (epochs: number) => completeSpec({ batchSize: 'full', seeds: 50, epochs })
    const most = Math.floor(1e10 / work(of(1)))
    const begins = (epochs: number) =>
      trainings
        .follow(String(epochs), of(epochs), { finish })
        .next()
        .then(
          () => true,
          () => false,
        )
    expect([await begins(most + 1), await begins(most)]).toEqual([false, true])
  })
})

describe('a training whose followers fall silent', () => {
  it('is taken over after a quarter of a second, by the next who looks, where it stopped', async () => {
    let begun = 0
    const trainings = new Trainings<Numbers>({
      most: 1,
      waiting,
      train: (spec) => {
        begun++
        return slices(spec, 5)
      },
    })
    const silent = trainings.follow('a', short, { finish })
    expect((await silent.next()).value).toMatchObject({ epoch: 1 })
    const other = trainings.follow('a', short, { finish })
    // It looks on, and hears what there is.
    expect((await other.next()).value).toMatchObject({ epoch: 1 })
    vi.advanceTimersByTime(240)
    expect((await other.next()).value).toMatchObject({ epoch: 1 })
    vi.advanceTimersByTime(20)
    expect((await other.next()).value).toMatchObject({ epoch: 2 })
    expect(await ending(other)).toHaveLength(12)
    expect(begun).toBe(1)
  })

  it('makes room after five seconds for another that asks', async () => {
    const stopped = vi.fn<() => void>()
    const trainings = new Trainings<Numbers>({
      most: 1,
      waiting,
      *train(spec) {
        try {
          return yield* slices(spec, 5)
        } finally {
          stopped()
        }
      },
    })
    await trainings.follow('a', short, { finish }).next()
    vi.advanceTimersByTime(4900)
    await expect(trainings.follow('b', short, { finish }).next()).rejects.toThrow('wait for room')
    expect(stopped).not.toHaveBeenCalled()
    vi.advanceTimersByTime(200)
    const next = await trainings.follow('b', short, { finish }).next()
    expect([next.value, stopped.mock.calls.length, trainings.has('a')]).toEqual([
      expect.objectContaining({ epoch: 1 }),
      1,
      false,
    ])
  })

  it('is not begun for one who is gone already', async () => {
    const train = vi.fn<(spec: ExperimentSpec) => Generator<Progress, Numbers, void>>((spec) => slices(spec, 1))
    const trainings = new Trainings<Numbers>({ most: 1, waiting: { most: 1, longest: 100 }, train })
    const signal = AbortSignal.abort()
    await expect(trainings.follow('a', short, { finish, signal }).next()).rejects.toThrow('aborted')
    expect(trainings.count).toBe(0)
  })
})

/** Results with a store that a test holds in its hand. */
function isolate(count = 3) {
  const began: string[] = []
  const results = new Results(
    new Trainings<Numbers, Outcome>({
      most: 4,
      waiting,
      train: (spec) => {
        began.push(String(spec.seed))
        return slices(spec, count)
      },
    }),
  )
  const store = { get: vi.fn<Store['get']>(async () => undefined), put: vi.fn<Store['put']>(async () => {}) }
  const caller: Caller = {
    store: store as unknown as Store,
    waitUntil: () => {},
    admit: vi.fn<() => Promise<void>>(async () => {}),
  }
  return { results, store, caller, began }
}

describe('one who asks the store', () => {
  it('is not asked for leave, and trains nothing, where another has trained it in the meantime', async () => {
    const { results, store, caller, began } = isolate()
    let answer: (stored: undefined) => void = () => {}
    store.get.mockImplementationOnce(() => new Promise((resolve) => void (answer = resolve)))
    const slow = results.get(short, caller)
    await vi.waitFor(() => expect(store.get).toHaveBeenCalled())
    const quick = await results.get(short, caller)
    expect([quick.source, began.length]).toEqual(['training', 1])
    answer(undefined)
    expect(await slow).toEqual({ ...quick, source: 'memory' })
    expect([began.length, caller.admit]).toEqual([1, expect.toSatisfy((admit) => admit.mock.calls.length === 1)])
  })

  it('is not one who joins a training: the store cannot know it yet', async () => {
    const { results, store, caller } = isolate()
    const leader = results.follow(short, caller)
    await leader.next()
    const joined = results.follow(short, caller)
    await joined.next()
    expect(store.get).toHaveBeenCalledTimes(1)
    await Promise.all([ending(leader), ending(joined)])
    expect([store.get.mock.calls.length, store.put.mock.calls.length]).toEqual([1, 1])
  })

  it('gets what it has, and the next gets it from memory', async () => {
    const { results, store, caller, began } = isolate()
    const numbers = emptyNumbers(short)
    const stored = { digest: await digest(short), fingerprint: await fingerprint(numbers), numbers }
    store.get.mockResolvedValue(stored)
    expect(await results.get(short, caller)).toEqual({ ...stored, source: 'store' })
    expect(await results.get(short, caller)).toEqual({ ...stored, source: 'memory' })
    expect([store.get.mock.calls.length, store.put.mock.calls.length, began.length]).toEqual([1, 0, 0])
    expect(caller.admit).not.toHaveBeenCalled()
  })

  it('and may not train is refused, and nothing begins', async () => {
    const { results, caller, began } = isolate()
    const admit = async () => {
      throw new Error('not now')
    }
    await expect(results.get(short, { ...caller, admit })).rejects.toThrow('not now')
    expect(began).toEqual([])
  })
})

describe('the memory of results', () => {
  it('holds some 16 MB: what was unused longest is asked of the store again', async () => {
    const { results, store, caller } = isolate()
    const numbers = emptyNumbers({ seeds: 200, epochs: 500 })
    store.get.mockImplementation(async (asked) => ({ digest: asked, fingerprint: 'f', numbers }))
    const seeds = [1, 2, 3, 4, 5, 6, 7]
    for (const seed of seeds) await results.get(completeSpec({ seed }), caller)
    const sources = [6, 7, 1].map(async (seed) => (await results.get(completeSpec({ seed }), caller)).source)
    // Of 2.4 MB each, six fit.
    expect(await Promise.all(sources)).toEqual(['memory', 'memory', 'store'])
  })
})

describe('decision boundaries', () => {
  const extent: Boundary['extent'] = { x: [0, 1], y: [0, 1] }
  const grid = { columns: 100, rows: 100, extent, classes: Array<number>(10_000).fill(0) }

  function boundaries() {
    const began: ExperimentSpec[] = []
    const trainings = new Trainings<Boundary>({
      most: 2,
      waiting,
      *train(spec) {
        began.push(spec)
        yield* slices(spec, 20)
        return { ...grid, columns: spec.seed }
      },
    })
    const caller = { ...isolate().caller }
    return { boundaries: new Boundaries(trainings), began, caller }
  }

  it('are of the first run, trained once, and remembered whoever asks for how many runs', async () => {
    const { boundaries: all, began, caller } = boundaries()
    const spec = completeSpec({ seeds: 9, seed: 7 })
    const [one, other] = await Promise.all([all.get(spec, caller), all.get({ ...spec, seeds: 1 }, caller)])
    expect([one.source, other.source, one.boundary.columns]).toEqual(['training', 'training', 7])
    expect(other.boundary).toBe(one.boundary)
    expect(await all.get({ ...spec, seeds: 3 }, caller)).toEqual({ boundary: one.boundary, source: 'memory' })
    expect(began).toEqual([{ ...spec, seeds: 1 }])
    // Those who joined were not asked for leave.
    expect(caller.admit).toHaveBeenCalledTimes(1)
  })

  it('are refused where a training may not begin', async () => {
    const { boundaries: all, began, caller } = boundaries()
    const admit = async () => {
      throw new Error('not now')
    }
    await expect(all.get(short, { ...caller, admit })).rejects.toThrow('not now')
    expect(began).toEqual([])
  })

  it('take no more than 4 MB of memory: about fifty', async () => {
    const { boundaries: all, began, caller } = boundaries()
    const ask = async (seed: number) => all.get(completeSpec({ seed }), caller)
    for (let seed = 1; seed <= 60; seed++) await ask(seed)
    expect([(await ask(60)).source, (await ask(15)).source, (await ask(5)).source]).toEqual([
      'memory',
      'memory',
      'training',
    ])
    expect(began).toHaveLength(61)
  })

  it('stop when the one who asked is gone', async () => {
    const { boundaries: all, began, caller } = boundaries()
    const leaving = new AbortController()
    const asked = all.get(short, { ...caller, signal: leaving.signal })
    while (began.length === 0) await new Promise((resolve) => setImmediate(resolve))
    leaving.abort()
    await expect(asked).rejects.toThrow('aborted')
  })
})
