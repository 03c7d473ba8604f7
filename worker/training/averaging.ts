/** The epoch at which stochastic weight averaging starts. `averages.ts` defines how far averages move at each step. */
import { averagedEpochs } from '#experiment/result/window.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** The first epoch, counted from 0, whose final parameters are part of the average. */
export function firstAveraged(spec: Pick<ExperimentSpec, 'epochs'>): number {
  return spec.epochs - averagedEpochs(spec)
}
