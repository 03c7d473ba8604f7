/**
 * TensorFlow.js's own optimizers, by Keras's rules. Where the two libraries differ, TensorFlow.js's is adjusted:
 * - its momentum holds gradients, and the learning rate comes to them later; Keras's holds steps. That is the same until
 *   the learning rate changes: then what is held is scaled, so that it goes on meaning the steps that were made;
 * - its Adam adds ε after the correction for the start, Keras's before it: ε is set anew for each update;
 * - weight decay it does not have.
 */
import type { Scalar, Tensor1D, Variable } from '@tensorflow/tfjs-core'

import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { TensorFlow } from '../tensorflow/tensorflow.ts'
import { libraryOptimizers } from './optimizers.ts'

/** An optimizer of some variables. */
export interface KerasOptimizer {
  /** One update by the gradient of a loss. Returns the loss before it. */
  minimize: (lossOf: () => Scalar, learningRate: number) => Scalar
  dispose: () => void
}

/** What of the library's optimizers is set here, though their types hide it. */
interface Inside {
  learningRate: number
  epsilon?: number
  /** The learning rate, negative; momentum's alone. */
  c?: Tensor1D
  accumulations?: { variable: Variable }[]
}

/** The optimizer of a spec. */
export function createOptimizer(tf: TensorFlow, spec: ExperimentSpec, variables: Variable[]): KerasOptimizer {
  const { create, epsilonAt } = libraryOptimizers[spec.optimizer]
  const optimizer = create(tf.train, spec)
  const inside = optimizer as unknown as Inside
  let rate = spec.learningRate
  let updates = 0
  const setLearningRate = (next: number) => {
    if (next === Math.fround(rate)) return
    if ('setLearningRate' in optimizer) {
      for (const { variable } of inside.accumulations ?? []) variable.assign(tf.mul(variable, rate / next))
      ;(optimizer as ReturnType<TensorFlow['train']['momentum']>).setLearningRate(next)
    } else inside.learningRate = next
    rate = next
  }
  return {
    minimize(lossOf, learningRate) {
      const { value, grads } = optimizer.computeGradients(lossOf, variables)
      updates++
      setLearningRate(learningRate)
      if (epsilonAt) inside.epsilon = epsilonAt(updates)
      if (spec.weightDecay > 0)
        for (const variable of variables)
          // Biases have one dimension.
          if (variable.rank > 1) variable.assign(tf.mul(variable, 1 - spec.weightDecay * learningRate))
      optimizer.applyGradients(variables.map(({ name }) => ({ name, tensor: grads[name]! })))
      tf.dispose(grads)
      return value
    },
    dispose() {
      optimizer.dispose()
      // The scalar learning rate, which the library forgets when there is momentum.
      inside.c?.dispose()
    },
  }
}
