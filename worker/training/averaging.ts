/**
 * Averages of a run's parameters: how far the average moves toward the parameters, and when. What trains does not know
 * of it; what is evaluated is the average, as soon as there is one.
 *
 * Sources: `ema`: Keras 3, `use_ema` with `ema_momentum` 0.99, which begins with the parameters after the first update.
 * `swa`: Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization" (2018): equal weights, over
 * the ends of the last epochs.
 */
import type { ExperimentSpec } from '#experiment/spec.ts'
import { averagedEpochs } from '#experiment/window.ts'

/** How much of an average `ema` keeps at each update. */
const kept = 0.99

/** How far the average moves toward the parameters after an update, counted from 0; 0 where it does not. */
export function shareOfUpdate({ averaging }: ExperimentSpec, update: number): number {
  if (averaging !== 'ema') return 0
  return update === 0 ? 1 : 1 - kept
}

/** The first epoch, counted from 0, at whose end `swa` averages. */
export function firstAveraged(spec: Pick<ExperimentSpec, 'epochs'>): number {
  return spec.epochs - averagedEpochs(spec)
}

/** How far the average moves toward the parameters after an epoch, counted from 0; 0 where it does not. */
export function shareOfEpoch(spec: ExperimentSpec, epoch: number): number {
  if (spec.averaging !== 'swa') return 0
  const earlier = epoch - firstAveraged(spec)
  return earlier < 0 ? 0 : 1 / (earlier + 1)
}
