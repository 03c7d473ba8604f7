/**
 * The optimizers by name, with all that is to be known of them outside the engines: what people call them, what the
 * kernel calls them, and what an update costs.
 */

interface Optimizer {
  title: string
  /** Its number in `training/fused/kernel/optimizer.ts`. */
  code: number
  /** Operations of a parameter in an update, in multiples of those of gradient descent. */
  work: number
  /** Calls of TensorFlow.js that an update of a layer takes beyond those of gradient descent. */
  layerCalls: number
}

export const optimizers = {
  sgd: { title: 'gradient descent', code: 0, work: 1, layerCalls: 0 },
  nesterov: { title: 'Nesterov', code: 1, work: 3, layerCalls: 4 },
  rmsprop: { title: 'RMSprop', code: 2, work: 5, layerCalls: 20 },
  adam: { title: 'Adam', code: 3, work: 5, layerCalls: 20 },
} as const satisfies Record<string, Optimizer>

export type OptimizerName = keyof typeof optimizers
/** The names; the first is the default. */
export const optimizerNames = Object.keys(optimizers) as [OptimizerName, ...OptimizerName[]]
/** What people call them. */
export const optimizerTitles = Object.fromEntries(
  optimizerNames.map((name) => [name, optimizers[name].title]),
) as Record<OptimizerName, string>
