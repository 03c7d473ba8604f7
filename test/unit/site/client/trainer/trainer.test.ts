import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { chartedPoints } from '#datasets/labeled-points.ts'
import { fingerprint, metrics } from '#experiment/result/numbers.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { trainBoundary, trainNoise } from '#training/by-engine.ts'
import { initialLayers } from '#training/initializers.ts'

import { Pool } from '../../../../../site/src/client/trainer/pool.ts'
import type { TrainingProgress } from '../../../../../site/src/client/trainer/progress.ts'
import { createTrainer, TrainerError, type PoolTraining } from '../../../../../site/src/client/trainer/trainer.ts'
import golden from '../../../../golden/fingerprints.json'
import { smallSpec } from '../../../../support/small-spec.ts'
import { trainAll } from '../../../../support/train-all.ts'
import { workersHere } from '../../../../support/trainer-workers.ts'

/** A trainer with workers of its own. */
function trainerWith(size: number, options?: Parameters<typeof workersHere>[0]) {
  const workers = workersHere(options)
  const pool = new Pool(workers.start, size)
  return { trainer: createTrainer(pool), pool, ...workers }
}

const bytes = (numbers: Float32Array) => Buffer.from(numbers.buffer).toString('hex')
/** Seconds of training. */
const long = completeSpec({ batchSize: 1, epochs: 2000, seeds: 50 })

afterEach(() => vi.useRealTimers())

describe('a trainer', () => {
  it.each([1, 3])(
    'gives the golden fingerprints with %i workers',
    async (size) => {
      const { trainer } = trainerWith(size)
      for (const [query, expected] of Object.entries(golden.experiments)) {
        const { spec } = readSpec(new URLSearchParams(query), {}, 'refuse')
        const trained = await trainer.train(spec).done
        expect([query, trained!.fingerprint]).toEqual([query, expected])
        expect(await fingerprint(trained!.numbers)).toBe(expected)
      }
    },
    60_000,
  )

  it('gives the numbers of any experiment, bit for bit, however its runs are shared out', async () => {
    const { trainer } = trainerWith(3)
    await fc.assert(
      fc.asyncProperty(smallSpec, fc.integer({ min: 1, max: 20 }), async (spec, seeds) => {
        const trained = await trainer.train({ ...spec, seeds }).done
        expect(bytes(trained!.numbers)).toBe(bytes(trainAll({ ...spec, seeds }).numbers))
      }),
      { numRuns: 50 },
    )
  }, 60_000)

  it('tells of the first run first, piece by piece, then of the others as they end', async () => {
    const { trainer } = trainerWith(2)
    const spec = completeSpec({ batchSize: 1, epochs: 1000, seeds: 6 })
    const seen: { first: number; ended: number[]; progress: number }[] = []
    let standing: TrainingProgress | undefined
    const { done } = trainer.train(spec, (now) => {
      standing = now
      seen.push({ first: now.epochs[0]!, ended: [...now.ended], progress: now.progress })
    })
    const { numbers } = (await done)!
    expect(seen[0]!.first).toBeGreaterThan(0)
    expect(seen[0]!.first).toBeLessThan(1000)
    expect(seen[0]!.ended).toEqual([])
    expect(seen.map(({ progress }) => progress)).toEqual(seen.map(({ progress }) => progress).toSorted((a, b) => a - b))
    expect(seen.at(-1)).toMatchObject({ first: 1000, progress: 1 })
    expect(seen.at(-1)!.ended.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
    expect(standing!.numbers).toBe(numbers)
  })

  it('tells nothing of a run that it has not trained yet, and only what is final', async () => {
    const { trainer } = trainerWith(1)
    const spec = completeSpec({ batchSize: 1, epochs: 100, seeds: 2 })
    const { numbers } = trainAll(spec)
    const { done } = trainer.train(spec, (now) => {
      now.epochs.forEach((epochs, run) =>
        metrics.forEach((_, metric) => {
          const from = (run * 6 + metric) * 100
          const known = now.numbers.slice(from, from + epochs)
          expect(bytes(known)).toBe(bytes(numbers.slice(from, from + epochs)))
          expect(now.numbers.slice(from + epochs, from + 100).every(Number.isNaN)).toBe(true)
        }),
      )
    })
    await done
  })

  it('counts a run that diverged as over, with fewer epochs', async () => {
    const { trainer } = trainerWith(2)
    const spec = completeSpec({ learningRate: 10, momentum: 0.999, batchSize: 1, seeds: 3, epochs: 40 })
    let last: TrainingProgress | undefined
    await trainer.train(spec, (now) => (last = now)).done
    expect(last!.progress).toBe(1)
    expect(last!.ended).toHaveLength(3)
    expect(Math.max(...last!.epochs)).toBeLessThan(40)
  })

  it('comes to the end of a hundred runs that all diverge at once', async () => {
    const { trainer } = trainerWith(1)
    const spec = completeSpec({ batchSize: 6, learningRate: 1, seeds: 100 })
    const standings: TrainingProgress[] = []
    await trainer.train(spec, (standing) => standings.push(standing)).done
    expect(standings.at(-1)!.ended).toHaveLength(100)
    expect(Math.max(...standings.at(-1)!.epochs)).toBeLessThan(200)
  })

  it('leaves what it trained for the newest, within a slice', async () => {
    const { trainer, started } = trainerWith(1)
    let updates = 0
    let stale!: PoolTraining
    await new Promise<void>((resolve) => {
      stale = trainer.train(long, () => {
        if (++updates === 2) resolve()
      })
    })
    const fresh = trainer.train(completeSpec({ epochs: 1 }))
    // It was left: at its end it would have numbers.
    expect(await stale.done).toBeNull()
    const before = updates
    expect((await fresh.done)!.numbers).toHaveLength(6)
    await trainer.train(completeSpec({ epochs: 1 })).done
    expect(updates).toBe(before)
    expect(started[0]!.orders.filter((order) => order.do === 'stop')).toHaveLength(1)
  })

  it('trains only the last of a thousand settings to its end, and trains it right', async () => {
    const { trainer, started } = trainerWith(2)
    const dones = Array.from({ length: 1000 }, (_, index) =>
      trainer.train(completeSpec({ batchSize: 1 + (index % 500), seeds: 2, datasetSeed: index % 10 })),
    ).map(({ done }) => done)
    const all = await Promise.all(dones)
    expect(all.slice(0, -1).every((one) => one === null)).toBe(true)
    const expected = trainAll({ batchSize: 1 + (999 % 500), seeds: 2, datasetSeed: 9 }).numbers
    expect(bytes(all.at(-1)!.numbers)).toBe(bytes(expected))
    const overs = started.flatMap(({ replies }) => replies).filter((reply) => reply.is === 'part' && reply.isOver)
    expect(overs.length).toBeLessThan(10)
  })

  it('needs no more memories for hundreds of changes than for the first few, as it uses them again', async () => {
    const { trainer } = trainerWith(1)
    let made = 0
    const { Memory } = WebAssembly
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Instance: WebAssembly.Instance,
      Memory: class extends Memory {
        constructor(descriptor: WebAssembly.MemoryDescriptor) {
          super(descriptor)
          made++
        }
      },
    })
    for (let change = 0; change < 200; change++) {
      const spec = completeSpec({ epochs: 4, seeds: 2, batchSize: 1 + (change % 7), seed: change })
      const { done } = trainer.train(spec)
      const asked = [trainer.boundaryAt(spec, { epoch: 2 }), trainer.stepAt(spec, { epoch: 2 })]
      // Half of them are left for the next one.
      if (change % 2) await Promise.all([done, ...asked])
    }
    vi.unstubAllGlobals()
    expect(made).toBeLessThanOrEqual(6)
  }, 30_000)

  it('stops when it is told to, and can train again', async () => {
    const { trainer } = trainerWith(2)
    const training = trainer.train(long)
    training.stop()
    training.stop()
    expect(await training.done).toBeNull()
    expect(await trainer.train(completeSpec({ epochs: 3 })).done).not.toBeNull()
  })

  it.each([1, 3])('goes on where it was stopped, with %i workers: what was over is not trained again', async (size) => {
    const { trainer, started } = trainerWith(size)
    const spec = completeSpec({ batchSize: 1, epochs: 100, seeds: 12 })
    let stopped!: TrainingProgress
    const training = trainer.train(spec, (standing) => {
      stopped = standing
      if (standing.ended.length === 4) training.stop()
    })
    expect(await training.done).toBeNull()
    const kept = [...stopped.ended]
    expect(kept).toHaveLength(4)
    const before = started.map(({ orders }) => orders.length)
    const progress: number[] = []
    const trained = await trainer.train(spec, (standing) => progress.push(standing.progress), stopped).done
    expect(bytes(trained!.numbers)).toBe(bytes(trainAll(spec).numbers))
    expect(progress[0]!).toBeGreaterThanOrEqual(4 / 12)
    const again = started.flatMap(({ orders }, worker) =>
      orders.slice(before[worker]).flatMap((order) => (order.do === 'train' ? order.runs : [])),
    )
    expect([...kept, ...again].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, run) => run))
  })

  it('has the end at once where all runs were over', async () => {
    const { trainer } = trainerWith(1)
    const spec = completeSpec({ epochs: 3, seeds: 2 })
    let last!: TrainingProgress
    const first = await trainer.train(spec, (standing) => (last = standing)).done
    expect(await trainer.train(spec, undefined, last).done).toEqual(first)
  })

  it('shares the page’s pool with others, and leaves their trainings alone', async () => {
    const { pool, trainer } = trainerWith(2)
    const other = createTrainer(pool)
    const slow = completeSpec({ batchSize: 1, epochs: 400, seeds: 2 })
    const first = other.train(slow)
    const second = await trainer.train(completeSpec({ seeds: 4 })).done
    expect(bytes(second!.numbers)).toBe(bytes(trainAll({ seeds: 4 }).numbers))
    expect(bytes((await first.done)!.numbers)).toBe(bytes(trainAll(slow).numbers))
  })

  it('refuses the engine that it does not have, and tells what a worker could not do', async () => {
    const { trainer } = trainerWith(1)
    expect(() => trainer.train(completeSpec({ engine: 'layers' }))).toThrow('engine: expected fused, got layers')
    const impossible = { ...completeSpec({}), dataset: 'no-such-dataset' as 'blobs' }
    await expect(trainer.train(impossible).done).rejects.toThrow(TrainerError)
    await expect(trainer.boundaryAt(impossible, { epoch: 1 })).rejects.toThrow(TrainerError)
    expect(await trainer.train(completeSpec({ epochs: 3 })).done).not.toBeNull()
  })
})

describe('a trainer, asked about the first run', () => {
  const spec = completeSpec({ seeds: 3 })
  const boundaryOf = (epochs: number) => {
    const training = trainBoundary({ ...spec, epochs })
    for (;;) {
      const slice = training.next()
      if (slice.done) return slice.value
    }
  }

  it('gives the API’s boundary, and that of every other epoch, trained before or not', async () => {
    const { trainer } = trainerWith(2)
    expect(await trainer.boundaryAt(spec, { epoch: 30 })).toEqual(boundaryOf(30))
    await trainer.train(spec).done
    for (const epoch of [200, 1, 77, 200]) expect(await trainer.boundaryAt(spec, { epoch })).toEqual(boundaryOf(epoch))
    // Others in between push it out of memory.
    for (const datasetSeed of [3, 4, 5]) await trainer.train(completeSpec({ datasetSeed })).done
    expect(await trainer.boundaryAt(spec, { epoch: 77 })).toEqual(boundaryOf(77))
  })

  it('answers while it trains, between slices', async () => {
    const { trainer } = trainerWith(1)
    let ended = 0
    const training = trainer.train({ ...long, seed: 3 }, (now) => (ended = now.ended.length))
    expect(await trainer.boundaryAt(spec, { epoch: 5 })).toEqual(boundaryOf(5))
    expect(ended).toBeLessThan(2)
    training.stop()
  })

  it('answers for the moment that the training has not come to', async () => {
    const { trainer } = trainerWith(1)
    const { done } = trainer.train(spec)
    expect(await trainer.boundaryAt(spec, { epoch: 199 })).toEqual(boundaryOf(199))
    expect(bytes((await done)!.numbers)).toBe(bytes(trainAll(spec).numbers))
  })

  it('has no boundary after the run diverged', async () => {
    const { trainer } = trainerWith(1)
    const wild = completeSpec({ learningRate: 10, momentum: 0.999, batchSize: 1, epochs: 40 })
    expect((await trainer.boundaryAt(wild, { epoch: 0 }))!.classes).toHaveLength(100 * 100)
    expect((await trainer.boundaryAt(wild, { epoch: 40 }))!.classes).toBeNull()
    expect(await trainer.stepAt(wild, { epoch: 39 })).toBeNull()
  })

  it('moves the boundary update by update: one step’s end is the next one’s beginning', async () => {
    const { trainer } = trainerWith(1)
    const [one, next] = [await trainer.stepAt(spec, { epoch: 3, step: 15 }), await trainer.stepAt(spec, { epoch: 4 })]
    expect(one!.rows).toHaveLength(20)
    expect(next!.rows).toHaveLength(32)
    expect(next!.before).toEqual(one!.after)
    expect(next!.exampleGradients).toHaveLength(32 * next!.before.length)
    expect(await trainer.stepAt(spec, { epoch: 3, step: 16 })).toEqual(next)
    expect(await trainer.stepAt(spec, { epoch: 200 })).toBeNull()
  })

  it('gives the API’s noise of the run, also while it trains', async () => {
    const { trainer } = trainerWith(1)
    const training = trainer.train({ ...long, seed: 3 })
    const measuring = trainNoise(spec)
    let slice = measuring.next()
    while (!slice.done) slice = measuring.next()
    expect(await trainer.noiseOf(spec)).toEqual(slice.value)
    training.stop()
    await expect(trainer.noiseOf({ ...spec, engine: 'layers' })).rejects.toThrow('engine: expected fused, got layers')
  })

  it('gives the points of the spec', async () => {
    const { trainer } = trainerWith(1)
    expect(await trainer.pointsOf(spec)).toEqual(chartedPoints(makeDataset(spec)))
  })

  it('answers the first and the last of a hundred questions at once', async () => {
    const { trainer } = trainerWith(1)
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, epoch) => trainer.boundaryAt(spec, { epoch: epoch + 1 })),
    )
    expect(all.map((one) => one !== undefined)).toEqual(all.map((_, index) => index === 0 || index === 99))
    expect(all[99]).toEqual(boundaryOf(100))
  })

  it('gives the parameters at any moment with those at the end, and none after the run diverged', async () => {
    const { trainer } = trainerWith(1)
    const at = async (epoch: number) => (await trainer.networkAt(spec, { epoch }))!
    const [first, later, last] = [await at(0), await at(3), await at(200)]
    expect(first.layers.map(({ weights, biases }) => [weights.length, biases.length])).toEqual([
      [2 * 50, 50],
      [50 * 3, 3],
    ])
    const initial = initialLayers(spec, spec.seed, 2)
    expect(first.layers[0]).toEqual(initial[0])
    expect(later.layers).not.toEqual(first.layers)
    expect(last.layers).toEqual(last.last)
    expect([first.last, later.last]).toEqual([last.layers, last.layers])
    const wild = completeSpec({ learningRate: 10, momentum: 0.999, batchSize: 1, epochs: 40 })
    const before = (await trainer.networkAt(wild, { epoch: 0 }))!
    expect(before.last).toEqual(before.layers)
    expect(await trainer.networkAt(wild, { epoch: 40 })).toBeNull()
  })

  it('says what is wrong with a moment', async () => {
    const { trainer } = trainerWith(1)
    await expect(trainer.boundaryAt(spec, { epoch: 201 })).rejects.toThrow(
      'epoch: expected a whole number from 0 to 200, got 201',
    )
    await expect(trainer.stepAt(spec, { epoch: 0, step: 17 })).rejects.toThrow(
      'step: expected a whole number from 0 to 16, got 17',
    )
    await expect(trainer.stepAt({ ...spec, engine: 'layers' }, { epoch: 0 })).rejects.toThrow(
      'engine: expected fused, got layers',
    )
  })
})

describe('a worker that dies', () => {
  const spec = completeSpec({ batchSize: 2, seeds: 8 })

  it('is started once more, and nothing is lost', async () => {
    const { trainer, started } = trainerWith(2)
    const { done } = trainer.train(spec, ({ ended }) => {
      if (ended.length === 1 && started.length === 2) started[0]!.die()
    })
    const asked = trainer.boundaryAt(spec, { epoch: 200 })
    expect(bytes((await done)!.numbers)).toBe(bytes(trainAll(spec).numbers))
    expect((await asked)!.classes).toHaveLength(100 * 100)
    expect(started.map(({ isEnded }) => isEnded)).toEqual([true, false, false])
  })

  it('twice, with nothing done in between, ends the pool, and it says so from then on', async () => {
    const { trainer, started } = trainerWith(2)
    const { done } = trainer.train(spec)
    const asked = trainer.boundaryAt(spec, { epoch: 200 })
    started[0]!.die()
    started[2]!.die()
    const message = 'this browser’s workers do not train: it was killed'
    await expect(done).rejects.toThrow(new TrainerError(message))
    await expect(asked).rejects.toThrow(message)
    await expect(trainer.train(spec).done).rejects.toThrow(message)
    await expect(trainer.pointsOf(spec)).rejects.toThrow(message)
    expect(started.every(({ isEnded }) => isEnded)).toBe(true)
  })

  it('without a word is missed after ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { trainer, started } = trainerWith(1, { isDumb: (worker) => worker === 0 })
    const { done } = trainer.train(spec)
    vi.advanceTimersByTime(9999)
    expect(started).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(started).toHaveLength(2)
    expect(bytes((await done)!.numbers)).toBe(bytes(trainAll(spec).numbers))
    // It owes nothing now.
    vi.advanceTimersByTime(60_000)
    expect(started).toHaveLength(2)
  })

  it('and dies again long after it was started anew is started anew again', async () => {
    const { trainer, started } = trainerWith(1)
    for (const worker of [0, 1, 2]) {
      await trainer.train(completeSpec({ epochs: 2 })).done
      started[worker]!.die()
    }
    expect(await trainer.train(completeSpec({ epochs: 2 })).done).not.toBeNull()
  })
})
