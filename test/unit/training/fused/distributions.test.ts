import { expect, it } from 'vitest'

import { deriveResult } from '#experiment/result/derive.ts'
import { column } from '#experiment/result/numbers.ts'
import { mean } from '#experiment/result/statistics.ts'
import { presets } from '#experiment/spec/presets.ts'

import distributions from '../../../golden/distributions.json'
import { deviationRatio, standardErrors } from '../../../support/statistics.ts'
import { trainAll } from '../../../support/train-all.ts'

const seeds = 100
type Slug = keyof typeof distributions.presets

it.each(Object.keys(distributions.presets) as Slug[])(
  'over 100 seeds, %s lands in the reference distribution, epoch by epoch',
  (slug) => {
    const reference = distributions.presets[slug]
    const spec = { ...presets.find((preset) => preset.slug === slug)!.spec, seeds }
    const { numbers } = trainAll(spec)
    const { summary } = deriveResult(spec, { digest: '', fingerprint: '', numbers }, { histories: 0 })
    const at = (metric: keyof typeof reference.perEpoch, epoch: number) =>
      Array.from({ length: seeds }, (_, run) => column(numbers, spec, run, metric)[epoch]!)

    for (const [sample, of] of [
      [at('trainAccuracy', spec.epochs - 1), reference.finalTrainAccuracy],
      [at('testAccuracy', spec.epochs - 1), reference.finalTestAccuracy],
    ] as const) {
      expect(standardErrors(sample, of)).toBeLessThan(4)
      expect(deviationRatio(sample, of)).toBeGreaterThan(0.65)
      expect(deviationRatio(sample, of)).toBeLessThan(1.5)
    }
    for (const metric of ['runningAccuracy', 'trainAccuracy', 'testAccuracy'] as const) {
      const { mean: means, std } = reference.perEpoch[metric]
      const errors = means.map((one, epoch) => standardErrors(at(metric, epoch), { mean: one, sd: std[epoch]! }))
      // In a normal distribution they are 0.8 on average. Single accuracies have a long tail towards 0, and one seed that
      // stumbles in an epoch moves its mean far.
      expect(mean(errors)).toBeLessThan(1.1)
      expect(errors.filter((error) => error > 4).length).toBeLessThanOrEqual(0.01 * spec.epochs)
    }

    expect(summary.diverged).toBe(0)
    expect(Math.abs(summary.instability.mean! / reference.instability - 1)).toBeLessThan(0.15)
    const { reached, quartiles } = summary.epochsTo80
    // Three standard deviations of a share, as both are samples.
    const share = reference.epochsTo80.reached
    expect(Math.abs(reached / seeds - share)).toBeLessThanOrEqual(
      3 * Math.sqrt(share * (1 - share) * (1 / seeds + 1 / 200)),
    )
    if (reference.epochsTo80.median !== null)
      expect(Math.abs(quartiles[1]! / reference.epochsTo80.median - 1)).toBeLessThan(0.3)
  },
  60_000,
)
