/** The first screen: what it says and draws of whatever is trained. */
import { describe, expect, it } from 'vitest'

import { deriveResult } from '#experiment/result/derive.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'

import { pathOf } from '../../../../../site/src/client/drawings/run-curves.ts'
import { gridOf, axisRange, ticksOf, usualRange, viewBoxOf } from '../../../../../site/src/client/hero/axis.ts'
import { HeroRuns, type HeroProgress } from '../../../../../site/src/client/hero/training.ts'
import { epochsOf, instabilityOf, remarkOn, settingsText, sourceOf } from '../../../../../site/src/client/hero/words.ts'
import { LiveExperiment } from '../../../../../site/src/client/live-experiment.ts'
import { Pool } from '../../../../../site/src/client/trainer/pool.ts'
import { createTrainer } from '../../../../../site/src/client/trainer/trainer.ts'
import { trainAll } from '../../../../support/train-all.ts'
import { workersHere } from '../../../../support/trainer-workers.ts'

/** The result of an experiment as the Worker derives it. */
function resultOf(given: PartialSpec) {
  const spec = completeSpec(given)
  return deriveResult(spec, { digest: '', fingerprint: '', numbers: trainAll(spec).numbers }, { histories: 1 })
}

describe('the axis', () => {
  it('is the usual one for what lies within it, and holds what does not, in whole tenths', () => {
    expect(axisRange([0.31, NaN, 0.84])).toEqual(usualRange)
    expect(axisRange([0.2, 0.84])).toEqual([0.2, 0.9])
    expect(axisRange([0.05, 1])).toEqual([0, 1])
    expect(axisRange([])).toEqual(usualRange)
  })

  it('only grows from another', () => {
    expect(axisRange([0.5], [0.1, 1])).toEqual([0.1, 1])
    expect(axisRange([0.05], [0.1, 0.9])).toEqual([0, 0.9])
  })

  it('has a tick and a line at each tenth, as far as the picture goes', () => {
    expect(ticksOf(usualRange)).toEqual([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3])
    expect(ticksOf([0, 1])).toHaveLength(11)
    expect(viewBoxOf(usualRange)).toBe('1 100 199 600')
    expect(gridOf([0.8, 0.9])).toBe('M0 100H200M0 200H200')
  })
})

describe('a curve', () => {
  it('goes from epoch to epoch, and ends where there is no more of it', () => {
    expect(pathOf([0.5, 0.6, 0.55])).toBe('M1 500l1-100 1 50')
    expect(pathOf([0.5, NaN, NaN])).toBe('M1 500')
    expect(pathOf([0.5, 0.4, null, 0.3])).toBe('M1 500l1 100')
    expect(pathOf([])).toBe('')
  })
})

describe('the words', () => {
  it.each([
    [{ batchSize: 6, learningRate: 1 }, 'Too bold: its numbers grow without end.'],
    [{ batchSize: 32 }, /^At 0\.80 after \d+ epochs\.$/],
    [{ batchSize: 'full', learningRate: 0.001 }, 'Not there yet: it is still learning.'],
    [{ batchSize: 1, learningRate: 0.02 }, 'It never gets to 0.80.'],
  ] as const)('of %o say what its run did', (given, expected) => {
    expect(remarkOn(resultOf(given).runs[0]!)).toMatch(expected)
  })

  it('name what diverged, what was not reached, and how many runs stand behind it', () => {
    const diverged = resultOf({ batchSize: 6, learningRate: 1, seeds: 2 })
    expect([epochsOf(diverged.summary), instabilityOf(diverged.summary)]).toEqual(['not reached', 'diverged'])
    const { summary, spec } = resultOf({ batchSize: 32, seeds: 3 })
    expect(epochsOf(summary)).toBe(String(summary.epochsTo80.quartiles[1]))
    expect(instabilityOf(summary)).toBe(summary.instability.mean!.toFixed(4))
    expect(sourceOf(spec, 1)).toContain('one run, with seed 1')
    expect(sourceOf(spec, 2)).toContain('2 of 3 seeds')
    expect(sourceOf(spec, 3)).toContain('stand for 3 seeds')
    expect(settingsText(completeSpec({ batchSize: 'full' }))).toBe('the full batch, learning rate 0.01')
  })
})

describe('the training', () => {
  /** Frames that the test draws. */
  function frames() {
    const waiting: (() => void)[] = []
    return { ask: (draw: () => void) => void waiting.push(draw), draw: () => waiting.splice(0).forEach((one) => one()) }
  }

  it('tells the same runs and the same summary as the Worker, a frame at a time', async () => {
    const { start } = workersHere()
    const heard: HeroProgress[] = []
    const { ask, draw } = frames()
    const trainer = createTrainer(new Pool(start, 2))
    const runs = new HeroRuns()
    const training = new LiveExperiment(
      trainer,
      { onUpdate: (update) => heard.push(runs.describe(update)), onFailure: (why) => expect.unreachable(why) },
      { frame: ask, now: () => 0 },
    )
    const spec = completeSpec({ batchSize: 37, learningRate: 0.02, seeds: 12 })
    training.train(spec)
    await expect.poll(() => (draw(), heard.at(-1)?.isOver)).toBe(true)
    const expected = resultOf(spec)
    expect(heard.at(-1)!.summary).toEqual(expected.summary)
    expect(heard.at(-1)!.first).toEqual({ ...expected.runs[0], history: undefined })
    expect(pathOf(heard.at(-1)!.test)).toBe(pathOf(expected.runs[0]!.history!.testAccuracy))
  })
})
