/**
 * What an optimizer is: one object with its name, its cost, its code in the kernel, its rule in plain float64 and how
 * TensorFlow.js makes it. The kernel's own rule stands in `training/fused/kernel/optimizer.ts`, the calls of the programs
 * for Keras, PyTorch and TensorFlow.js in `site/src/programs/optimizers.ts`.
 */
import type { Optimizer as TensorFlowOptimizer, train } from '@tensorflow/tfjs-core'

/** The settings of a spec that an optimizer is made with. */
export interface OptimizerSettings {
  learningRate: number
  momentum: number
}

/** What a rule keeps between updates, a value for each parameter. */
export interface Moments {
  /** Velocity of momentum; first moment of Adam. */
  velocities: Float64Array
  /** Running mean of squared gradients. */
  squares: Float64Array
}

/** Where in a run an update is: its learning rate, the spec's momentum, and its number, counted from 1. */
export interface UpdateSettings extends OptimizerSettings {
  update: number
}

export interface Optimizer {
  /** What people call it. */
  title: string
  /** Its code in the kernel. */
  kernelCode: number
  /** Operations of a parameter in an update, in multiples of those of gradient descent with momentum. */
  cost: number
  /** Calls of TensorFlow.js that an update of a layer takes beyond those of gradient descent. */
  layerCalls: number
  /** Whether the field `momentum` changes anything: where it does not, a canonical spec has its default. */
  usesMomentum: boolean
  /**
   * The rule in float64: updates the moments of parameter `index` by its gradient, and returns the change of the
   * parameter. Used by the reference that the engines are tested against.
   */
  step: (moments: Moments, index: number, gradient: number, settings: UpdateSettings) => number
  tensorflow: {
    /** The library's own optimizer. */
    create: (factory: typeof train, settings: OptimizerSettings) => TensorFlowOptimizer
    /** The library's ε at an update, counted from 1, where it must change so that the rule is Keras's. */
    epsilonAt?: (update: number) => number
  }
}

/** What keeps RMSprop and Adam from dividing by 0. */
export const epsilon = 1e-7
