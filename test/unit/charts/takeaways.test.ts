/** What a chart says to those who do not see it. */
import { describe, expect, it } from 'vitest'

import { takeawayOfCurves } from '#charts/text/takeaway-of-curves.ts'
import { takeawayOfMultiples, takeawayOfSweep } from '#charts/text/takeaway-of-several.ts'
import { takeawayOfDataset } from '#charts/types/dataset.tsx'
import { takeawayOfBoundary } from '#charts/types/decision-boundary.tsx'
import { completeView } from '#charts/view.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { drawingOf } from '../../support/drawings.ts'

const accuracy = completeView()
const loss = completeView({ metric: 'loss' })

const [several] = (await drawingOf('learning-curves', [{ seeds: 6, epochs: 60 }])).results
const [one] = (await drawingOf('learning-curves', [{ epochs: 60 }])).results

const summarized = (changes: Partial<ExperimentResult['summary']>, of = several): ExperimentResult => ({
  ...of,
  summary: { ...of.summary, ...changes },
})
const spread = (mean: number | null, sd: number | null = null) => ({ mean, sd, p10: mean, p50: mean, p90: mean })

describe('of many runs', () => {
  it('where they end, when half of them are good, and how calm they are', () => {
    const final = { ...several.summary.final, testAccuracy: spread(0.8335, 0.0032) }
    const instability = { ...spread(0.00461), quartiles: several.summary.instability.quartiles }
    const calm = { final, instability, stillLearning: 0 }
    expect(
      takeawayOfCurves(summarized({ ...calm, epochsTo80: { reached: 6, quartiles: [3, 4.5, 6] } }), accuracy),
    ).toBe(
      'In 6 seeds, test accuracy ends at 0.834\u00a0±\u00a00.003. Half of the runs reach 0.8 by epoch 5. Their mean instability is 0.0046.',
    )
    expect(
      takeawayOfCurves(
        summarized({ ...calm, epochsTo80: { reached: 2, quartiles: [3, null, null] }, stillLearning: 4, diverged: 1 }),
        accuracy,
      ),
    ).toBe(
      'In 6 seeds, test accuracy ends at 0.834\u00a0±\u00a00.003. 2 of 6 runs ever reach 0.8. Their mean instability is 0.0046. Still learning at the end: 4 of 6. 1 of 6 runs diverged.',
    )
  })

  it('nothing of instability where the runs are too short for it', () => {
    const instability = { ...several.summary.instability, mean: null }
    expect(takeawayOfCurves(summarized({ instability }), accuracy)).not.toContain('instability')
  })

  it('that all of them diverged', () => {
    expect(takeawayOfCurves(summarized({ diverged: 6 }), accuracy)).toBe(
      'All 6 runs diverged: their losses or parameters are no longer finite.',
    )
  })
})

describe('of one run', () => {
  const run = one.runs[0]!
  const of = (changes: Partial<typeof run>) => ({ ...one, runs: [{ ...run, ...changes }] })

  it('when it was good first, or that it never was', () => {
    expect(takeawayOfCurves(of({ epochsTo80: 7, instability: null }), accuracy)).toMatch(
      /^Test accuracy first reaches 0\.8 at epoch 7 and ends at 0\.\d{3}\.$/,
    )
    expect(takeawayOfCurves(of({ epochsTo80: null, instability: null }), accuracy)).toMatch(
      /^Test accuracy never reaches 0\.8 and ends at 0\.\d{3}\.$/,
    )
  })

  it('that it diverged', () => {
    expect(takeawayOfCurves(summarized({ diverged: 1 }, one), loss)).toBe(
      'The training diverged: its loss or its parameters are no longer finite.',
    )
  })

  it('of losses, where both end', () => {
    const final = { ...one.summary.final, testLoss: spread(0.4125), trainLoss: spread(0.39) }
    expect(takeawayOfCurves(summarized({ final }, one), loss)).toBe('Test loss ends at 0.412, train loss at 0.390.')
  })
})

describe('of experiments side by side', () => {
  const sized = (batchSize: number, changes: Partial<ExperimentResult['summary']>): ExperimentResult => ({
    ...summarized(changes, one),
    spec: { ...one.spec, batchSize },
  })
  const of = (batchSize: number, calm: number | null, good: number | null, low: number | null, diverged = 0) =>
    sized(batchSize, {
      diverged,
      instability: { ...spread(calm), quartiles: [calm, calm, calm] },
      final: { ...one.summary.final, testAccuracy: spread(good), testLoss: spread(low) },
    })
  const all = [of(8, 0.02, 0.81, 0.5), of(64, 0.003, 0.84, 0.45), of(16, 0.01, 0.85, 0.4), of(4, null, null, null, 1)]

  it('which is the calmest, the most volatile and the best, and which diverged', () => {
    const words =
      'Instability is lowest with batch size 64 (0.0030). It is highest with batch size 8 (0.0200). ' +
      'The highest test accuracies are closer than 500 test points can tell apart. Diverged: batch size 4.'
    expect(takeawayOfSweep(all, ['batchSize'])).toBe(words)
    expect(takeawayOfMultiples(all, ['batchSize'], accuracy)).toBe(words)
  })

  it('which is the best, where it is ahead by more than the test points can be off', () => {
    // The standard error of 0.85 of 500 points is 0.016.
    const best = (second: number) => takeawayOfSweep([of(8, 0.02, second, 1), of(16, 0.01, 0.85, 1)], ['batchSize'])
    expect(best(0.83)).toContain('Test accuracy ends highest with batch size 16 (0.850).')
    expect(best(0.838)).toContain('The highest test accuracies are closer than 500 test points can tell apart.')
  })

  it('of losses, which ends lowest', () => {
    expect(takeawayOfMultiples(all, ['batchSize'], loss)).toBe(
      'Test loss ends lowest with batch size 16 (0.400). Diverged: batch size 4.',
    )
    expect(takeawayOfMultiples(all.slice(0, 2), ['batchSize'], loss)).toBe(
      'Test loss ends lowest with batch size 64 (0.450).',
    )
  })

  it('of one alone nothing twice, and of none that came to anything that they diverged', () => {
    expect(takeawayOfSweep(all.slice(0, 1), ['batchSize'])).toBe(
      'Instability is lowest with batch size 8 (0.0200). Test accuracy ends highest with batch size 8 (0.810).',
    )
    const lost = [of(4, null, null, null, 1), of(2, null, null, null, 1)]
    expect(takeawayOfSweep(lost, ['batchSize'])).toBe('Diverged: batch size 4; batch size 2.')
    expect(takeawayOfMultiples(lost, ['batchSize'], loss)).toBe('Diverged: batch size 4; batch size 2.')
  })
})

describe('of the plane', () => {
  it('how many points train and test, and how far they can be told apart', () => {
    const names = { featureNames: ['x', 'y'], classNames: ['0', '1', '2'] }
    const data = { points: [], labels: Array<number>(12_000).fill(0), trainExamples: 500, ...names }
    expect(takeawayOfDataset(data, [])).toBe('500 examples train, 11\u202f500 test.')
    expect(takeawayOfDataset(data, [{ name: 'guessing', accuracy: 0.33 }])).toBe(
      '500 examples train, 11\u202f500 test.',
    )
    expect(takeawayOfDataset(data, [{ name: 'nearest true center', accuracy: 0.844 }])).toBe(
      '500 examples train, 11\u202f500 test. The clusters overlap: giving every test example the class of the nearest true center is right for 0.844 of them.',
    )
  })

  it('how often the regions are right, or that there are none', () => {
    const extent: Boundary['extent'] = { x: [0, 1], y: [0, 1] }
    const boundary = { classes: [0, 0, 0, 0], columns: 2, rows: 2, extent, confidences: [255, 229, 230, 128] }
    const { final } = one.runs[0]!
    expect(takeawayOfBoundary(one, boundary)).toBe(
      `The regions are right for ${final.testAccuracy!.toFixed(3)} of the test examples and ${final.trainAccuracy!.toFixed(3)} of the train examples. In 50\u00a0% of the area, the predicted class has a probability of at least 0.9.`,
    )
    const none = 'The training diverged, so there is no decision boundary.'
    expect(takeawayOfBoundary(one, { ...boundary, classes: null, confidences: null })).toBe(none)
    expect(takeawayOfBoundary({ ...one, runs: [] }, boundary)).toBe(none)
  })
})
