import { expect, it } from 'vitest'

import { colorValue, epochsTo, mapColors, mapRun } from '#experiment/result/map-run.ts'
import { column, emptyNumbers, metrics, writeEpoch, type Metric } from '#experiment/result/numbers.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

const spec = completeSpec({ examples: 20, epochs: 6, batchSize: 'full' })

/** A run with these test accuracies; what is missing has diverged. */
function runWith(accuracies: readonly number[]) {
  const numbers = emptyNumbers(spec)
  accuracies.forEach((testAccuracy, epoch) => {
    const values = Object.fromEntries(metrics.map((metric) => [metric, 0.5])) as Record<Metric, number>
    writeEpoch(numbers, spec, 0, epoch, { ...values, testAccuracy })
  })
  return { numbers, run: mapRun(spec, numbers, 0, undefined) }
}

it('the epochs to any accuracy are those of the run’s numbers', () => {
  const { numbers, run } = runWith([0.3, 0.6, 0.5, 0.6, 0.9, 0.8])
  const accuracies = Array.from(column(numbers, spec, 0, 'testAccuracy'))
  for (let target = 0; target <= 10; target++) {
    const first = accuracies.findIndex((accuracy) => Math.round(accuracy * 10) >= target)
    expect(epochsTo(run, target / 10)).toBe(first < 0 ? null : first + 1)
  }
  expect(epochsTo(run, 0.8)).toBe(run.run.epochsTo80)
})

it('a run that diverged has no value in any color, even if it reached the target before', () => {
  const { run } = runWith([0.3, 0.9])
  expect(run.run.diverged).toBe(true)
  expect(mapColors.map((color) => colorValue(color, run, 0.8))).toEqual(mapColors.map(() => null))
})

it('a run that is over has its final accuracy and loss, and no churn unless it was measured', () => {
  const { run } = runWith([0.3, 0.6, 0.5, 0.6, 0.9, 0.7])
  expect(colorValue('accuracy', run, 0.8)).toBe(0.7)
  expect(colorValue('loss', run, 0.8)).toBe(0.5)
  expect(colorValue('churn', run, 0.8)).toBeNull()
  expect(colorValue('churn', { ...run, churn: 0.02 }, 0.8)).toBe(0.02)
})
