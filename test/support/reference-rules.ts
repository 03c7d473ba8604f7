/**
 * The rules of the float64 reference, one object per name: each optimizer's step, each activation with its derivative.
 *
 * Source of the optimizers' rules: Keras 3.15, `keras/src/optimizers/{sgd,rmsprop,adam}.py`.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { OptimizerName } from '#methods/optimizers.ts'

/** What an optimizer keeps between updates, a value for each parameter. */
export interface Moments {
  /** Velocity of momentum; first moment of Adam. */
  velocities: Float64Array
  /** Running mean of squared gradients. */
  squares: Float64Array
}

/** Where in a run an update is: its learning rate, the spec's momentum, and its number, counted from 1. */
interface UpdateSettings {
  learningRate: number
  momentum: number
  update: number
}

/** Updates the moments of parameter `index` by its gradient, and returns the change of the parameter. */
type Step = (moments: Moments, index: number, gradient: number, settings: UpdateSettings) => number

/** What keeps RMSprop and Adam from dividing by 0. */
const epsilon = 1e-7

export const optimizerSteps: Readonly<Record<OptimizerName, Step>> = {
  /** v ← momentum · v − η g; w ← w + v. */
  sgd: ({ velocities }, index, gradient, { learningRate, momentum }) =>
    (velocities[index] = momentum * velocities[index]! - learningRate * gradient),
  /** v ← momentum · v − η g; w ← w + momentum · v − η g. */
  nesterov: ({ velocities }, index, gradient, { learningRate, momentum }) => {
    const velocity = momentum * velocities[index]! - learningRate * gradient
    velocities[index] = velocity
    return momentum * velocity - learningRate * gradient
  },
  /** s ← 0.9 s + 0.1 g²; w ← w − η g / √(s + ε). */
  rmsprop: ({ squares }, index, gradient, { learningRate }) => {
    const square = 0.9 * squares[index]! + 0.1 * gradient ** 2
    squares[index] = square
    return -(learningRate * gradient) / Math.sqrt(square + epsilon)
  },
  /** Moments m and s of the gradient and of its square, both corrected for their start at 0: w ← w − η m / (√s + ε). */
  adam: ({ velocities, squares }, index, gradient, { learningRate, momentum, update }) => {
    velocities[index]! += (gradient - velocities[index]!) * (1 - momentum)
    squares[index]! += (gradient ** 2 - squares[index]!) * (1 - 0.999)
    const corrected = (learningRate * Math.sqrt(1 - 0.999 ** update)) / (1 - momentum ** update)
    return -(velocities[index]! * corrected) / (Math.sqrt(squares[index]!) + epsilon)
  },
}

/** Whether an optimizer divides by the size of the gradients, so that rounding in a small one makes a large step. */
export const dividesByGradients: Readonly<Record<OptimizerName, boolean>> = {
  sgd: false,
  nesterov: false,
  rmsprop: true,
  adam: true,
}

interface Activation {
  /** The value of a unit's sum z. */
  value: (z: number) => number
  /** The derivative, by the value a that the activation gave. */
  slope: (a: number) => number
}

export const referenceActivations: Readonly<Record<ExperimentSpec['activation'], Activation>> = {
  relu: { value: (z) => Math.max(0, z), slope: (a) => (a > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: (a) => 1 - a * a },
  sigmoid: { value: (z) => 1 / (1 + Math.exp(-z)), slope: (a) => a * (1 - a) },
}
