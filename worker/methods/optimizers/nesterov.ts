/** Nesterov’s momentum. */
import type { Optimizer } from './optimizer.ts'

/**
 * Nesterov's momentum: v ← momentum · v − η g; w ← w + momentum · v − η g.
 *
 * Source: Keras 3.15, `keras/src/optimizers/sgd.py`, `nesterov=True`.
 */
export const nesterov: Optimizer = {
  title: 'Nesterov',
  kernelCode: 1,
  cost: 3,
  layerCalls: 4,
  usesMomentum: true,
  step: ({ velocities }, index, gradient, { learningRate, momentum }) => {
    const velocity = momentum * velocities[index]! - learningRate * gradient
    velocities[index] = velocity
    return momentum * velocity - learningRate * gradient
  },
  tensorflow: { create: (factory, { learningRate, momentum }) => factory.momentum(learningRate, momentum, true) },
}
