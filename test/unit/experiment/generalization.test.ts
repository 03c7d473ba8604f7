import { describe, expect, it } from 'vitest'

import { generalizationOf, type Hits } from '#experiment/result/generalization.ts'

const shares = (...values: number[]) => Float64Array.from(values)

/** Five runs on ten fresh points and four of the test half; the third diverged. */
const hits: Hits = {
  runs: [
    { fresh: 0.5, test: 0.75 },
    { fresh: 0.6, test: 0.5 },
    null,
    { fresh: 0.5, test: 1 },
    { fresh: 0.4, test: 0.75 },
  ],
  fresh: shares(1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0),
  test: shares(1, 0.75, 0.75, 0.5),
  best: { fresh: shares(1, 1, 1, 1, 1, 1, 0, 0, 0, 0), test: shares(1, 1, 1, 0) },
}

describe('generalization', () => {
  const found = generalizationOf({ seed: 7 }, hits)

  it('has each run’s accuracies with the standard errors of shares, and nothing of one that diverged', () => {
    expect(found.runs.map(({ seed, diverged }) => [seed, diverged])).toEqual([
      [7, false],
      [8, false],
      [9, true],
      [10, false],
      [11, false],
    ])
    expect(found.runs[0]!.fresh).toEqual({ accuracy: 0.5, standardError: 0.15811388 })
    expect(found.runs[0]!.test).toEqual({ accuracy: 0.75, standardError: 0.21650635 })
    expect(found.runs[2]).toEqual({ seed: 9, diverged: true, fresh: null, test: null })
    expect([found.freshExamples, found.testExamples]).toEqual([10, 4])
  })

  it('sums up the runs that did not diverge: no interval under five', () => {
    expect(found.summary).toMatchObject({
      runs: 5,
      diverged: 1,
      fresh: { mean: { value: 0.5, low: null, high: null } },
    })
    // √(Σ(share − 0.5)² / 9 / 10): six points lie 0.5 away.
    expect(found.summary.fresh.standardError).toBeCloseTo(Math.sqrt(1.5 / 90), 7)
    expect(found.summary.test.mean.value).toBe(0.75)
  })

  it('has an interval from five runs on, by Student’s t distribution', () => {
    const runs = [0.5, 0.52, 0.48, 0.51, 0.49].map((accuracy) => ({ fresh: accuracy, test: accuracy }))
    const { mean } = generalizationOf({ seed: 1 }, { ...hits, runs }).summary.fresh
    const half = (2.776 * Math.sqrt(0.001 / 4)) / Math.sqrt(5)
    expect(mean.value).toBeCloseTo(0.5, 6)
    expect(mean.low).toBeCloseTo(0.5 - half, 4)
    expect(mean.high).toBeCloseTo(0.5 + half, 4)
  })

  it('compares with the best rule point by point', () => {
    // Its hits less the shares: 0, 0, 0, ½, ½, ½, −½, 0, 0, 0.
    expect(found.best).toEqual({
      rule: 'nearest true center',
      fresh: { accuracy: 0.6, standardError: 0.15491934 },
      test: { accuracy: 0.75, standardError: 0.21650635 },
    })
    expect(found.summary.belowBest!.value).toBeCloseTo(0.1, 7)
    expect(found.summary.belowBest!.standardError).toBeCloseTo(Math.sqrt((1 - 10 * 0.01) / 90), 7)
  })

  it('knows no best rule where there is none, and no number where all runs diverged', () => {
    expect(generalizationOf({ seed: 1 }, { ...hits, best: null })).toMatchObject({
      best: null,
      summary: { belowBest: null },
    })
    const none = { value: null, low: null, high: null }
    expect(generalizationOf({ seed: 1 }, { ...hits, runs: [null, null] }).summary).toEqual({
      runs: 2,
      diverged: 2,
      fresh: { mean: none, standardError: null },
      test: { mean: none, standardError: null },
      belowBest: { value: null, standardError: null },
    })
  })
})
