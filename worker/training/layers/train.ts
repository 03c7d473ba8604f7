/**
 * The `layers` engine: trains a stock TensorFlow.js LayersModel, one run after the other. Slow, and the oracle: what
 * anyone would get from the library itself, given the same weights and the same order of rows.
 */
import type { Split } from '#datasets/split.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { initialLayers } from '../initializers.ts'
import { trainRun } from '../network.ts'
import type { Slice, TrainingSteps } from '../progress.ts'
import { startTensorFlow } from '../tensorflow/tensorflow.ts'
import { LayersNetwork } from './network.ts'

/** Trains every run of a spec. All its tensors are gone when it ends, is stopped (`return`) or throws. */
export function* trainLayers(spec: ExperimentSpec, split: Split, slice: Slice): TrainingSteps {
  const tf = startTensorFlow()
  const numbers = emptyNumbers(spec)
  for (let run = 0; run < spec.seeds; run++) {
    const network = new LayersNetwork(tf, spec, initialLayers(spec, spec.seed + run), split)
    try {
      yield* trainRun(spec, split, network, numbers, run, slice)
    } finally {
      network.dispose()
    }
  }
  return numbers
}
