/**
 * What is measured of runs beside their numbers: the noise of their gradients, and how they generalize.
 */
import { generalizationWork, type Generalization } from '#experiment/result/generalization.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { noiseWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import { numberBytes, MeasurementCache } from './measurement-cache.ts'
import type { Trainings } from './trainings.ts'

type Trainer<Value> = (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Value, void>

/** The noise of first runs, by specs of one run. */
export type NoiseCache = MeasurementCache<GradientNoise>

/** Arrays by epoch of one: epochs, batch sizes and four quantities. */
const noiseColumns = 6

/** Remembers the noise of first runs. */
export function createNoiseCache(trainings: Trainings, train: Trainer<GradientNoise>): NoiseCache {
  const bytesOf = ({ epochs }: GradientNoise) => epochs.length * noiseColumns * numberBytes
  return new MeasurementCache(trainings, { name: 'gradient-noise-1', train, workOf: noiseWork, bytesOf })
}

/** How experiments generalize. */
export type GeneralizationCache = MeasurementCache<Generalization>

/** Bytes of what is known of a run: three objects, and five numbers or flags in them. */
const runBytes = 200

/** Remembers how experiments generalize. */
export function createGeneralizationCache(trainings: Trainings, train: Trainer<Generalization>): GeneralizationCache {
  const bytesOf = ({ runs }: Generalization) => runs.length * runBytes
  return new MeasurementCache(trainings, { name: 'generalization-1', train, workOf: generalizationWork, bytesOf })
}
