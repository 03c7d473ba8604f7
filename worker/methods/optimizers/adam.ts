/** Adam, as Keras has it. */
import { epsilon, type Optimizer } from './optimizer.ts'

/** How much of the second moment is kept at each update; of the first it is the spec's momentum. */
const beta2 = 0.999

/**
 * Adam: moments m and s of the gradient and of its square, both corrected for their start at 0; the step is
 * η m / (√s + ε) with the correction in η.
 *
 * Source: Keras 3.15, `keras/src/optimizers/adam.py`.
 */
export const adam: Optimizer = {
  title: 'Adam',
  kernelCode: 3,
  cost: 5,
  layerCalls: 20,
  usesMomentum: true,
  step: ({ velocities, squares }, index, gradient, { learningRate, momentum, update }) => {
    velocities[index]! += (gradient - velocities[index]!) * (1 - momentum)
    squares[index]! += (gradient ** 2 - squares[index]!) * (1 - beta2)
    const corrected = (learningRate * Math.sqrt(1 - beta2 ** update)) / (1 - momentum ** update)
    return -(velocities[index]! * corrected) / (Math.sqrt(squares[index]!) + epsilon)
  },
  tensorflow: {
    create: (factory, { learningRate, momentum }) => factory.adam(learningRate, momentum, beta2, epsilon),
    // The library adds ε after the correction for the start, Keras before it.
    epsilonAt: (update) => epsilon / Math.sqrt(1 - beta2 ** update),
  },
}
