/**
 * Adapts TensorFlow.js's own optimizers to Keras's update rules, where the two libraries differ:
 * - TensorFlow.js's momentum accumulates gradients and applies the learning rate afterwards, while Keras accumulates
 *   steps. The two agree until the learning rate changes; then the accumulated values are rescaled so that they still
 *   represent the steps that were made.
 * - TensorFlow.js's Adam adds ε after the bias correction, Keras's before it, so ε is set anew for each update.
 * - TensorFlow.js has no weight decay, so it is applied here.
 */
import type { Scalar, Tensor1D, Variable } from '@tensorflow/tfjs-core'

import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { TensorFlow } from '../tensorflow/tensorflow.ts'
import { libraryOptimizers } from './optimizers.ts'

/** An optimizer of given variables. */
export interface KerasOptimizer {
  /** Makes one update with the gradient of a loss. Returns the loss before the update. */
  minimize: (lossOf: () => Scalar, learningRate: number) => Scalar
  dispose: () => void
}

/** The library's internal fields that are set here, although its types hide them. */
interface Inside {
  learningRate: number
  epsilon?: number
  /** The negated learning rate, which only the momentum optimizer has. */
  c?: Tensor1D
  accumulations?: { variable: Variable }[]
}

/** Creates the optimizer of a spec. */
export function createOptimizer(tf: TensorFlow, spec: ExperimentSpec, variables: Variable[]): KerasOptimizer {
  const { create, epsilonAt } = libraryOptimizers[spec.optimizer]
  const optimizer = create(tf.train, spec)
  const internals = optimizer as unknown as Inside
  let rate = spec.learningRate
  let updates = 0
  const setLearningRate = (next: number) => {
    if (next === Math.fround(rate)) return
    if ('setLearningRate' in optimizer) {
      for (const { variable } of internals.accumulations ?? []) variable.assign(tf.mul(variable, rate / next))
      ;(optimizer as ReturnType<TensorFlow['train']['momentum']>).setLearningRate(next)
    } else internals.learningRate = next
    rate = next
  }
  return {
    minimize(lossOf, learningRate) {
      const { value, grads } = optimizer.computeGradients(lossOf, variables)
      updates++
      setLearningRate(learningRate)
      if (epsilonAt) internals.epsilon = epsilonAt(updates)
      if (spec.weightDecay > 0)
        for (const variable of variables)
          // Weight decay applies to weights only, and biases have one dimension.
          if (variable.rank > 1) variable.assign(tf.mul(variable, 1 - spec.weightDecay * learningRate))
      optimizer.applyGradients(variables.map(({ name }) => ({ name, tensor: grads[name]! })))
      tf.dispose(grads)
      return value
    },
    dispose() {
      optimizer.dispose()
      // The scalar of the learning rate, which the library does not dispose of for momentum.
      internals.c?.dispose()
    },
  }
}
