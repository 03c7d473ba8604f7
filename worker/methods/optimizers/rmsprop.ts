/** RMSprop, as Keras has it. */
import { epsilon, type Optimizer } from './optimizer.ts'

/** How much of the running mean of squares is kept at each update. */
const rho = 0.9

/**
 * RMSprop without momentum: s ← ρ s + (1 − ρ) g²; w ← w − η g / √(s + ε).
 *
 * Source: Keras 3.15, `keras/src/optimizers/rmsprop.py`.
 */
export const rmsprop: Optimizer = {
  title: 'RMSprop',
  kernelCode: 2,
  cost: 5,
  layerCalls: 20,
  // Keras's RMSprop has none where nothing is said.
  usesMomentum: false,
  step: ({ squares }, index, gradient, { learningRate }) => {
    const square = rho * squares[index]! + 0.1 * gradient ** 2
    squares[index] = square
    return -(learningRate * gradient) / Math.sqrt(square + epsilon)
  },
  tensorflow: { create: (factory, { learningRate }) => factory.rmsprop(learningRate, rho, 0, epsilon) },
}
