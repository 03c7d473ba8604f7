/** Gradient descent with momentum, the default optimizer. */
import type { Optimizer } from './optimizer.ts'

/**
 * Gradient descent with momentum: v ← momentum · v − η g; w ← w + v.
 *
 * Source: Keras 3.15, `keras/src/optimizers/sgd.py`.
 */
export const sgd: Optimizer = {
  title: 'gradient descent',
  kernelCode: 0,
  cost: 1,
  layerCalls: 0,
  usesMomentum: true,
  step: ({ velocities }, index, gradient, { learningRate, momentum }) =>
    (velocities[index] = momentum * velocities[index]! - learningRate * gradient),
  tensorflow: { create: (factory, { learningRate, momentum }) => factory.momentum(learningRate, momentum) },
}
