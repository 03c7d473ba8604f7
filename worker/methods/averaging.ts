/**
 * The averages of a run's parameters by name, one object each with kernel code and cost. `training/averages.ts` and
 * `training/fused/kernel/average.ts` define when and how far each average moves.
 */
import { namesOf } from './names.ts'

interface Averaging {
  kernelCode: number
  /** Operations per parameter and update, in multiples of those of gradient descent with momentum. */
  cost: number
  /** TensorFlow.js kernel calls per layer: for an update, and for an evaluation. */
  layerCalls: { update: number; evaluation: number }
}

export const averagings = {
  none: { kernelCode: 0, cost: 0, layerCalls: { update: 0, evaluation: 0 } },
  ema: { kernelCode: 1, cost: 1, layerCalls: { update: 6, evaluation: 10 } },
  swa: { kernelCode: 2, cost: 0, layerCalls: { update: 0, evaluation: 10 } },
} as const satisfies Record<string, Averaging>

export type AveragingName = keyof typeof averagings
/** The names; the first is the default. */
export const averagingNames = namesOf(averagings)
