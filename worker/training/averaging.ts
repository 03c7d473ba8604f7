/**
 * When averages of the parameters are taken: how far an average moves at a time is in the objects of `#methods/averaging.ts`.
 */
import type { ExperimentSpec } from '#experiment/spec.ts'
import { averagedEpochs } from '#experiment/window.ts'

/** The first epoch, counted from 0, whose end counts in an average of epochs. */
export function firstAveraged(spec: Pick<ExperimentSpec, 'epochs'>): number {
  return spec.epochs - averagedEpochs(spec)
}
