/**
 * Averages of a run's parameters, one object per name: when the average is updated and how far it moves toward the
 * current parameters. Training continues with the parameters themselves; evaluation uses the average as soon as there
 * is one.
 */
import type { AveragingName } from '#methods/averaging.ts'

interface Average {
  /** The fraction of the way that it moves after an update, counted from 0; 0 if it does not move. */
  shareOfUpdate: (update: number) => number
  /** The same after an epoch, counted from the first averaged epoch and therefore negative before it. */
  shareOfEpoch: (epoch: number) => number
}

const never = () => 0

export const averages: Readonly<Record<AveragingName, Average>> = {
  none: { shareOfUpdate: never, shareOfEpoch: never },
  /**
   * Exponential moving average over updates. Source: Keras 3, `use_ema` with `ema_momentum` 0.99, which starts with the
   * parameters after the first update.
   */
  ema: { shareOfUpdate: (update) => (update === 0 ? 1 : 1 - 0.99), shareOfEpoch: never },
  /**
   * Stochastic weight averaging: equal weights for the ends of the last epochs.
   *
   * Source: Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization" (2018).
   */
  swa: { shareOfUpdate: never, shareOfEpoch: (epoch) => (epoch < 0 ? 0 : 1 / (epoch + 1)) },
}
