/** The caches of gradient noise and of generalization. */
import { generalizationWork, type Generalization } from '#experiment/result/generalization.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { noiseWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import { numberBytes, MeasurementCache } from './measurement-cache.ts'
import type { Trainings } from './trainings.ts'

type Trainer<Value> = (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Value, void>

/** The cache of the first run's gradient noise, for specs with one run. */
export type NoiseCache = MeasurementCache<GradientNoise>

/** The arrays by epoch in a value: epochs, batch sizes and four quantities. */
const noiseColumns = 6

/** Creates the cache of gradient noise. */
export function createNoiseCache(trainings: Trainings, train: Trainer<GradientNoise>): NoiseCache {
  const bytesOf = ({ epochs }: GradientNoise) => epochs.length * noiseColumns * numberBytes
  return new MeasurementCache(trainings, { name: 'gradient-noise-1', train, workOf: noiseWork, bytesOf })
}

/** The cache of generalization. */
export type GeneralizationCache = MeasurementCache<Generalization>

/** The estimated bytes per run: three objects with five numbers or flags. */
const runBytes = 200

/** Creates the cache of generalization. */
export function createGeneralizationCache(trainings: Trainings, train: Trainer<Generalization>): GeneralizationCache {
  const bytesOf = ({ runs }: Generalization) => runs.length * runBytes
  return new MeasurementCache(trainings, { name: 'generalization-1', train, workOf: generalizationWork, bytesOf })
}
