/** TensorFlow.js's own optimizers, one object per name, configured to follow Keras's rules. */
import type { Optimizer, train } from '@tensorflow/tfjs-core'

import type { OptimizerName } from '#methods/optimizers.ts'

interface LibraryOptimizer {
  create: (factory: typeof train, settings: { learningRate: number; momentum: number }) => Optimizer
  /** The library's ε at an update, counted from 1, if it must change to follow Keras's rule. */
  epsilonAt?: (update: number) => number
}

const epsilon = 1e-7
/** Adam's decay rate of the mean of squares. */
const beta2 = 0.999

export const libraryOptimizers: Readonly<Record<OptimizerName, LibraryOptimizer>> = {
  sgd: { create: (factory, { learningRate, momentum }) => factory.momentum(learningRate, momentum) },
  nesterov: { create: (factory, { learningRate, momentum }) => factory.momentum(learningRate, momentum, true) },
  rmsprop: { create: (factory, { learningRate }) => factory.rmsprop(learningRate, 0.9, 0, epsilon) },
  adam: {
    create: (factory, { learningRate, momentum }) => factory.adam(learningRate, momentum, beta2, epsilon),
    // The library adds ε after the bias correction, Keras before it.
    epsilonAt: (update) => epsilon / Math.sqrt(1 - beta2 ** update),
  },
}
