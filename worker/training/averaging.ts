/**
 * When averages of the parameters begin; how far they move at a time is in `averages.ts`.
 */
import { averagedEpochs } from '#experiment/result/window.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** The first epoch, counted from 0, whose end counts in an average of epochs. */
export function firstAveraged(spec: Pick<ExperimentSpec, 'epochs'>): number {
  return spec.epochs - averagedEpochs(spec)
}
