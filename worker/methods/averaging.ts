/**
 * The averages of a run's parameters by name, one object each: their code in the kernel and what they cost. When and how
 * far an average moves: `training/averaging.ts`, and `training/fused/kernel/average.ts`.
 */
import { namesOf } from './names.ts'

interface Averaging {
  kernelCode: number
  /** Operations of a parameter in an update, in multiples of those of gradient descent with momentum. */
  cost: number
  /** Calls of TensorFlow.js that it takes for a layer: in an update, and when it is evaluated. */
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
