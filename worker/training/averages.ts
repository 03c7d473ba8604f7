/**
 * Averages of a run's parameters, one object per name: how far the average moves toward the parameters, and when. Training
 * goes on with the parameters; what is evaluated is the average, as soon as there is one.
 */
import type { AveragingName } from '#methods/averaging.ts'

interface Average {
  /** How far it moves after an update, counted from 0; 0 where it does not. */
  shareOfUpdate: (update: number) => number
  /** The same after an epoch, counted from the first whose end is averaged: negative before it. */
  shareOfEpoch: (epoch: number) => number
}

const never = () => 0

export const averages: Readonly<Record<AveragingName, Average>> = {
  none: { shareOfUpdate: never, shareOfEpoch: never },
  /** Source: Keras 3, `use_ema` with `ema_momentum` 0.99, which begins with the parameters after the first update. */
  ema: { shareOfUpdate: (update) => (update === 0 ? 1 : 1 - 0.99), shareOfEpoch: never },
  /**
   * Equal weights over the ends of the last epochs.
   *
   * Source: Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization" (2018).
   */
  swa: { shareOfUpdate: never, shareOfEpoch: (epoch) => (epoch < 0 ? 0 : 1 / (epoch + 1)) },
}
