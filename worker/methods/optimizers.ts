/**
 * The optimizers by the name that a query gives them, one object each: their code in the kernel and what an update costs;
 * and what people call them, apart, as what trains needs no words. Each has a rule or a call of the same name in
 * `training/fused/kernel/optimizer.ts`, `training/layers/optimizers.ts` and `site/src/programs/optimizers.ts`, and in the
 * tests' reference; where one is missing it does not compile, or traps.
 */
import { namesOf } from './names.ts'

interface Optimizer {
  /** Its code in the kernel. */
  kernelCode: number
  /** Operations of a parameter in an update, in multiples of those of gradient descent with momentum. */
  cost: number
  /** Calls of TensorFlow.js that an update of a layer takes beyond those of gradient descent. */
  layerCalls: number
  /** Whether the field `momentum` changes anything: where it does not, a canonical spec has its default. */
  usesMomentum: boolean
}

export const optimizers = {
  sgd: { kernelCode: 0, cost: 1, layerCalls: 0, usesMomentum: true },
  nesterov: { kernelCode: 1, cost: 3, layerCalls: 4, usesMomentum: true },
  // Keras's RMSprop has no momentum where nothing is said.
  rmsprop: { kernelCode: 2, cost: 5, layerCalls: 20, usesMomentum: false },
  adam: { kernelCode: 3, cost: 5, layerCalls: 20, usesMomentum: true },
} as const satisfies Record<string, Optimizer>

export type OptimizerName = keyof typeof optimizers
/** The names; the first is the default. */
export const optimizerNames = namesOf(optimizers)
/** What people call them. */
export const optimizerTitles = {
  sgd: 'gradient descent',
  nesterov: 'Nesterov',
  rmsprop: 'RMSprop',
  adam: 'Adam',
} as const satisfies Record<OptimizerName, string>
