import { describe, expect, it } from 'vitest'

import { takeawayOfCurves } from '#charts/text/takeaway-of-curves.ts'
import { completeView } from '#charts/view.ts'
import { splitOf } from '#datasets/split.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { fingerprint, type Numbers } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { sourceInWords } from '#playground-view/key-numbers.tsx'
import { promiseOf } from '#playground-view/share-texts.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice } from '#training/progress.ts'

import { LiveExperiment } from '../../../../site/src/client/live-experiment.ts'
import { liveResult, runsOver } from '../../../../site/src/client/live-result.ts'
import { liveState, type LiveState } from '../../../../site/src/client/playground/live-state.ts'
import { hasRunsToKeep, stoppedInWords } from '../../../../site/src/client/playground/status-text.ts'
import { TrainerError, type TrainingProgress, type Trainer } from '../../../../site/src/client/trainer/trainer.ts'

function trained(spec: ExperimentSpec): Numbers {
  const training = trainFused(spec, splitOf(spec), new Slice())
  for (;;) {
    const slice = training.next()
    if (slice.done) return slice.value
  }
}

const spec = completeSpec({ seeds: 3, epochs: 40, batchSize: 64 })
const numbers = trained(spec)

describe('an experiment under way', () => {
  it('is, when it is over, the result that the Worker gives', async () => {
    const proof = await fingerprint(numbers)
    const { digest: _, ...live } = liveResult(spec, { numbers, ended: [2, 0, 1] }, proof)
    const { digest: __, ...whole } = deriveResult(spec, { digest: '', fingerprint: proof, numbers }, { histories: 30 })
    expect(live).toEqual(whole)
  })

  it('has the runs that are over, from the first without a gap', () => {
    expect([[], [0], [1, 2], [1, 0], [2, 0, 1]].map((ended) => runsOver({ ended }))).toEqual([0, 1, 0, 2, 3])
    const live = liveResult(spec, { numbers, ended: [1, 0] })
    expect(live.runs).toHaveLength(2)
    expect(live.curves?.testAccuracy.runs[0]).toBe(2)
    expect(live.spec.seeds).toBe(3)
  })

  it('is its first run as far as it goes, which is not called diverged', () => {
    const some = numbers.slice()
    for (let metric = 0; metric < 6; metric++) some.fill(NaN, metric * 40 + 10, (metric + 1) * 40)
    const live = liveResult(spec, { numbers: some, ended: [] })
    const { runs, summary } = live
    expect([summary.runs, summary.diverged]).toEqual([0, 0])
    expect(takeawayOfCurves(live, completeView())).toBe('The first run is not over.')
    expect(runs).toHaveLength(1)
    expect(runs[0]!.diverged).toBe(false)
    expect(runs[0]!.history!.testAccuracy.filter((value) => value !== null)).toHaveLength(10)
  })
})

/** A live experiment whose trainer and frames the test moves. */
function bench() {
  const frames: (() => void)[] = []
  const lives: LiveState[] = []
  const failures: string[] = []
  const trainings: {
    spec: ExperimentSpec
    update: (standing: TrainingProgress) => void
    end: (value: { numbers: Numbers; fingerprint: string } | null) => void
    fail: (error: Error) => void
    isStopped: boolean
    earlier: Pick<TrainingProgress, 'ended'> | undefined
  }[] = []
  let clock = 0
  const trainer: Pick<Trainer, 'train'> = {
    train: (asked, onUpdate = () => {}, earlier) => {
      const { promise, resolve, reject } = Promise.withResolvers<{ numbers: Numbers; fingerprint: string } | null>()
      const training = { spec: asked, update: onUpdate, end: resolve, fail: reject, isStopped: false, earlier }
      trainings.push(training)
      return { done: promise, stop: () => void (training.isStopped = true) }
    },
  }
  const experiment = new LiveExperiment(
    trainer,
    {
      onUpdate: (update) => {
        lives.push(liveState(update))
        clock += 10
      },
      onFailure: (why) => failures.push(why),
    },
    { frame: (draw) => frames.push(draw), now: () => clock },
  )
  const frame = () => {
    clock += 16
    for (const draw of frames.splice(0)) draw()
  }
  return { experiment, trainings, lives, failures, frame, frames }
}

const standing = (ended: number[]): TrainingProgress => ({
  numbers,
  ended,
  epochs: new Uint16Array(3),
  progress: ended.length / 3,
})

describe('the newest experiment', () => {
  it('tells what is new once a frame, and only the last of it', () => {
    const { experiment, trainings, lives, frame } = bench()
    experiment.train(spec)
    trainings[0]!.update(standing([]))
    trainings[0]!.update(standing([0]))
    expect(lives).toEqual([])
    frame()
    expect(lives).toHaveLength(1)
    expect(lives[0]!.progress).toBeCloseTo(1 / 3, 12)
  })

  it('tells nothing more of an experiment when a newer one has begun', async () => {
    const { experiment, trainings, lives, frame } = bench()
    const newer = completeSpec({ seeds: 3, epochs: 40, batchSize: 4 })
    experiment.train(spec)
    trainings[0]!.update(standing([0]))
    experiment.train(newer)
    trainings[0]!.update(standing([0, 1]))
    trainings[0]!.end({ numbers, fingerprint: 'old' })
    await Promise.resolve()
    frame()
    expect(lives).toEqual([])
    trainings[1]!.update(standing([0]))
    frame()
    expect(lives.map((live) => live.spec)).toEqual([newer])
  })

  it('leaves three times as long to others as telling took', () => {
    const { experiment, trainings, lives, frame } = bench()
    experiment.train(spec)
    trainings[0]!.update(standing([0]))
    frame()
    trainings[0]!.update(standing([0, 1]))
    // Telling took 10 ms: until 30 ms later, one frame of 16 is too soon.
    frame()
    expect(lives).toHaveLength(1)
    frame()
    expect(lives).toHaveLength(2)
  })

  it('tells the end with the fingerprint', async () => {
    const { experiment, trainings, lives, frame } = bench()
    experiment.train(spec)
    trainings[0]!.end({ numbers, fingerprint: 'f'.repeat(64) })
    await Promise.resolve()
    frame()
    expect(lives.at(-1)).toMatchObject({ isOver: true, progress: 1, result: { fingerprint: 'f'.repeat(64) } })
  })

  it('tells the end as soon as it is known, not in the next frame, and as one with the last run', async () => {
    const { experiment, trainings, lives, frame } = bench()
    experiment.train(spec)
    trainings[0]!.update(standing([0, 1, 2]))
    trainings[0]!.end({ numbers, fingerprint: 'f'.repeat(64) })
    await Promise.resolve()
    await Promise.resolve()
    expect(lives.map(({ isOver }) => isOver)).toEqual([true])
    frame()
    expect(lives).toHaveLength(1)
  })

  it('tells at most once a frame, also where one end follows on another', async () => {
    const { experiment, trainings, lives, frame } = bench()
    for (const batchSize of [4, 8, 16]) {
      experiment.train(completeSpec({ seeds: 3, epochs: 40, batchSize }))
      trainings.at(-1)!.end({ numbers, fingerprint: 'f'.repeat(64) })
      await Promise.resolve()
      await Promise.resolve()
    }
    expect(lives.map((live) => live.spec.batchSize)).toEqual([4])
    frame()
    expect(lives.map((live) => live.spec.batchSize)).toEqual([4, 16])
    experiment.train(spec)
    trainings.at(-1)!.update(standing([0]))
    trainings.at(-1)!.end({ numbers, fingerprint: 'f'.repeat(64) })
    await Promise.resolve()
    await Promise.resolve()
    // It was told in this frame already.
    expect(lives).toHaveLength(2)
    frame()
    expect(lives).toHaveLength(3)
  })

  it('tells nothing more of a training that failed: it would say that the browser can train', async () => {
    const { experiment, trainings, lives, failures, frame } = bench()
    experiment.train(spec)
    trainings[0]!.update(standing([]))
    trainings[0]!.fail(new TrainerError('gone'))
    await expect.poll(() => failures).toEqual(['gone'])
    frame()
    expect(lives).toEqual([])
  })

  it('says why where the browser cannot train', async () => {
    const { experiment, trainings, failures } = bench()
    experiment.train(spec)
    trainings[0]!.fail(new TrainerError('no memory'))
    await new Promise((resolve) => setTimeout(resolve))
    expect(failures).toEqual(['no memory'])
  })

  it('says so of the newest experiment alone', async () => {
    const { experiment, trainings, failures } = bench()
    experiment.train(spec)
    experiment.train(completeSpec({ batchSize: 3 }))
    for (const training of trainings) training.fail(new TrainerError('no workers'))
    await new Promise((resolve) => setTimeout(resolve))
    expect(failures).toEqual(['no workers'])
  })

  it('stops when asked to, and says which runs ran', () => {
    const { experiment, trainings, lives, frame } = bench()
    experiment.train(spec)
    trainings[0]!.update(standing([0]))
    frame()
    expect(lives.at(-1)).toMatchObject({ isOver: false, isStopped: false })
    trainings[0]!.update(standing([0, 2]))
    experiment.stop()
    frame()
    expect(trainings[0]!.isStopped).toBe(true)
    const live = lives.at(-1)!
    expect(live).toMatchObject({ isOver: false, isStopped: true })
    expect(stoppedInWords(live)).toBe('stopped after 2 of 3 runs')
    expect(hasRunsToKeep(live)).toBe(true)
    expect(sourceInWords(live.result)).toContain('of 2 runs, with seeds 1 and 3.')
    const whole = liveResult(spec, { numbers, ended: [0, 1, 2] })
    expect(live.result.runs).toEqual([whole.runs[0], whole.runs[2]])
    expect(live.result.curves?.testAccuracy.runs).toEqual(Array(40).fill(2))
    expect(promiseOf(live.result, spec)).toBeUndefined()
  })

  it('goes on with the runs that are not over, and says nothing of having stopped', async () => {
    const { experiment, trainings, lives, frame } = bench()
    experiment.train(spec)
    trainings[0]!.update(standing([0, 2]))
    experiment.stop()
    frame()
    experiment.resume()
    expect(trainings[1]).toMatchObject({ spec, earlier: { ended: [0, 2] } })
    frame()
    expect(lives.at(-1)).toMatchObject({ isOver: false, isStopped: false })
    trainings[1]!.end({ numbers, fingerprint: 'f'.repeat(64) })
    await Promise.resolve()
    await Promise.resolve()
    frame()
    expect(lives.at(-1)).toMatchObject({ isOver: true, isStopped: false, progress: 1 })
  })

  it('has nothing to stop or to go on with when all runs are over, or none was begun', () => {
    const { experiment, trainings, lives, frame } = bench()
    experiment.stop()
    experiment.resume()
    experiment.train(spec)
    trainings[0]!.update(standing([0, 1, 2]))
    experiment.stop()
    experiment.resume()
    frame()
    expect(lives).toEqual([])
    expect(trainings).toHaveLength(1)
  })

  it('says of a single run how many of its epochs there are', () => {
    const { experiment, trainings, lives, frame } = bench()
    const one = { ...spec, seeds: 1 }
    const some = numbers.slice(0, 6 * 40)
    for (let metric = 0; metric < 6; metric++) some.fill(NaN, metric * 40 + 10, (metric + 1) * 40)
    experiment.train(one)
    trainings[0]!.update({ numbers: some, ended: [], epochs: new Uint16Array([10]), progress: 0.25 })
    experiment.stop()
    frame()
    expect(stoppedInWords(lives.at(-1)!)).toBe('stopped after 10 of 40 epochs')
    expect(hasRunsToKeep(lives.at(-1)!)).toBe(false)
  })
})
