/**
 * The optimizers by their name in a query, one object each with title, kernel code and cost. Each has its rule or its
 * library call under the same name in `training/fused/kernel/optimizer.ts`, `training/layers/optimizers.ts`,
 * `site/src/programs/optimizers.ts` and the tests' reference implementation. If one of these is missing, the code does
 * not compile or the kernel traps.
 */
import { namesOf, titlesOf } from './names.ts'

interface Optimizer {
  title: string
  /** Its code in the kernel. */
  kernelCode: number
  /** Operations per parameter and update, in multiples of those of gradient descent with momentum. */
  cost: number
  /** TensorFlow.js kernel calls per layer and update, beyond those of gradient descent. */
  layerCalls: number
  /** Whether the field `momentum` has an effect. If not, a canonical spec holds its default. */
  usesMomentum: boolean
}

export const optimizers = {
  sgd: { title: 'gradient descent', kernelCode: 0, cost: 1, layerCalls: 0, usesMomentum: true },
  nesterov: { title: 'Nesterov', kernelCode: 1, cost: 3, layerCalls: 4, usesMomentum: true },
  // Keras's RMSprop has no momentum by default.
  rmsprop: { title: 'RMSprop', kernelCode: 2, cost: 5, layerCalls: 20, usesMomentum: false },
  adam: { title: 'Adam', kernelCode: 3, cost: 5, layerCalls: 20, usesMomentum: true },
} as const satisfies Record<string, Optimizer>

export type OptimizerName = keyof typeof optimizers
/** The names; the first is the default. */
export const optimizerNames = namesOf(optimizers)
/** The title of each optimizer. */
export const optimizerTitles = titlesOf(optimizers)
