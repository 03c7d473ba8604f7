/** Whether our engine trains to the same accuracies on tables as NumPy alone does (`test/programs/table-distributions.py`). */
import { expect, it } from 'vitest'

import { column } from '#experiment/result/numbers.ts'
import { mean, sampleDeviation } from '#experiment/result/statistics.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { datasetNames, datasets } from '#methods/datasets.ts'

import distributions from '../../../golden/table-distributions.json'
import { trainAll } from '../../../support/train-all.ts'

const seeds = 60
const { epochs, tables } = distributions
type Table = keyof typeof tables

it('has a distribution of each table', () => {
  expect(Object.keys(tables)).toEqual(datasetNames.filter((name) => datasets[name].isTable))
})

it.each(Object.keys(tables) as Table[])(
  'over 60 seeds, the mean accuracies of %s lie within four standard errors of those of NumPy',
  (dataset) => {
    const spec = completeSpec({ dataset, epochs, seeds })
    const { numbers } = trainAll(spec)
    for (const [metric, reference] of [
      ['trainAccuracy', tables[dataset].finalTrainAccuracy],
      ['testAccuracy', tables[dataset].finalTestAccuracy],
    ] as const) {
      const sample = Array.from({ length: seeds }, (_, run) => column(numbers, spec, run, metric)[epochs - 1]!)
      const error = Math.sqrt(sampleDeviation(sample) ** 2 / seeds + reference.sd ** 2 / distributions.seeds)
      const difference = Math.abs(mean(sample) - reference.mean)
      expect([metric, difference, difference <= 4 * error + 1e-6]).toEqual([metric, difference, true])
      // Where NumPy's accuracies spread at all, ours spread as much.
      if (reference.sd > 0) {
        const ratio = sampleDeviation(sample) / reference.sd
        expect([metric, ratio, ratio > 0.65 && ratio < 1.5]).toEqual([metric, ratio, true])
      }
    }
  },
)
