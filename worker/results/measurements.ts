/** The caches of gradient noise, of generalization and of churn. */
import { churnWork, mostRestless, type Churn } from '#experiment/result/churn.ts'
import {
  generalizationWork,
  mostFreshExamples,
  type GeneralizationQuestion,
} from '#experiment/result/generalization-question.ts'
import type { Generalization } from '#experiment/result/generalization.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { noiseWork } from '#experiment/spec/cost.ts'
import { digest } from '#experiment/spec/digest.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import { numberBytes, MeasurementCache } from './measurement-cache.ts'
import type { Trainings } from './trainings.ts'

/** Trains what a question asks about, in slices. */
type Trainer<Asked, Value> = (question: Asked, slice: Slice) => Generator<Progress, Value, void>
/** A question about an experiment alone. */
interface OfSpec {
  spec: ExperimentSpec
}

/** The cache of the first run's gradient noise, for specs with one run. */
export type NoiseCache = MeasurementCache<OfSpec, GradientNoise>

/** The arrays by epoch in a value: epochs, batch sizes and four quantities. */
const noiseColumns = 6

/** Creates the cache of gradient noise. */
export function createNoiseCache(trainings: Trainings, train: Trainer<ExperimentSpec, GradientNoise>): NoiseCache {
  return new MeasurementCache(trainings, {
    name: 'gradient-noise-1',
    train: ({ spec }, slice) => train(spec, slice),
    workOf: ({ spec }) => noiseWork(spec),
    bytesOf: ({ epochs }) => epochs.length * noiseColumns * numberBytes,
  })
}

/** The cache of generalization. */
export type GeneralizationCache = MeasurementCache<GeneralizationQuestion, Generalization>

/** The estimated bytes per run: three objects with five numbers or flags. */
const runBytes = 200

/** Creates the cache of generalization. */
export function createGeneralizationCache(
  trainings: Trainings,
  train: Trainer<GeneralizationQuestion, Generalization>,
): GeneralizationCache {
  return new MeasurementCache(trainings, {
    name: 'generalization-2',
    detailsOf: async ({ freshExamples, pinned }) =>
      [
        ...(freshExamples === mostFreshExamples ? [] : [String(freshExamples)]),
        ...(pinned ? [await digest(pinned)] : []),
      ].join('-'),
    train,
    workOf: generalizationWork,
    bytesOf: ({ runs }) => runs.length * runBytes,
  })
}

/** The cache of the first run's churn, for specs with one run. */
export type ChurnCache = MeasurementCache<OfSpec, Churn>

/** Creates the cache of churn. */
export function createChurnCache(trainings: Trainings, train: Trainer<ExperimentSpec, Churn>): ChurnCache {
  return new MeasurementCache(trainings, {
    name: 'churn-1',
    train: ({ spec }, slice) => train(spec, slice),
    workOf: ({ spec }) => churnWork(spec),
    // Three numbers of each test example, the shares, and the sequences of the most restless examples.
    bytesOf: ({ testExamples, share }) => (3 * testExamples + (1 + mostRestless) * share.length) * numberBytes,
  })
}
