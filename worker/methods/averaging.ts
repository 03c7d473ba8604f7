/**
 * The averages of a run's parameters by name, one object each: how far the average moves toward the parameters, and when.
 * Training goes on with the parameters; what is evaluated is the average, as soon as there is one.
 */
import { namesOf } from './names.ts'

interface Averaging {
  /** In a list of choices, and in the title of an experiment. */
  title: string
  heading: string
  /** Its code in the kernel: `training/fused/kernel/average.ts`. */
  kernelCode: number
  /** Operations of a parameter in an update, in multiples of those of gradient descent with momentum. */
  cost: number
  /** Calls of TensorFlow.js that it takes for a layer: in an update, and when it is evaluated. */
  layerCalls: { update: number; evaluation: number }
  /** How far the average moves toward the parameters after an update, counted from 0; 0 where it does not. */
  shareOfUpdate: (update: number) => number
  /** The same after an epoch, counted from the first whose end is averaged: negative before it. */
  shareOfEpoch: (epoch: number) => number
}

const never = () => 0

export const averagings = {
  none: {
    title: 'none',
    heading: 'not averaged',
    kernelCode: 0,
    cost: 0,
    layerCalls: { update: 0, evaluation: 0 },
    shareOfUpdate: never,
    shareOfEpoch: never,
  },
  /** Source: Keras 3, `use_ema` with `ema_momentum` 0.99, which begins with the parameters after the first update. */
  ema: {
    title: 'of all updates, fading (EMA)',
    heading: 'averaged (EMA)',
    kernelCode: 1,
    cost: 1,
    layerCalls: { update: 6, evaluation: 10 },
    shareOfUpdate: (update) => (update === 0 ? 1 : 1 - 0.99),
    shareOfEpoch: never,
  },
  /**
   * Equal weights over the ends of the last epochs.
   *
   * Source: Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization" (2018).
   */
  swa: {
    title: 'of the last epochs (SWA)',
    heading: 'averaged (SWA)',
    kernelCode: 2,
    cost: 0,
    layerCalls: { update: 0, evaluation: 10 },
    shareOfUpdate: never,
    shareOfEpoch: (epoch) => (epoch < 0 ? 0 : 1 / (epoch + 1)),
  },
} as const satisfies Record<string, Averaging>

/** The names; the first is the default. */
export const averagingNames = namesOf(averagings)
