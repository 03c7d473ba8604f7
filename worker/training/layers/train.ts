/**
 * The `layers` engine: trains the runs of a spec one after another with a stock TensorFlow.js LayersModel. It is slow,
 * and serves as the reference for what the library itself computes with the same weights and the same order of rows.
 */
import type { Split } from '#datasets/split.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { initialLayers } from '../initializers.ts'
import { trainRun } from '../network.ts'
import type { Slice, TrainingSteps } from '../progress.ts'
import { startTensorFlow } from '../tensorflow/tensorflow.ts'
import { LayersNetwork } from './network.ts'

/** Trains every run of a spec in slices. All its tensors are freed when it ends, is stopped by `return()` or throws. */
export function* trainLayers(spec: ExperimentSpec, split: Split, slice: Slice): TrainingSteps {
  const tf = startTensorFlow()
  const numbers = emptyNumbers(spec)
  for (let run = 0; run < spec.seeds; run++) {
    const network = new LayersNetwork(tf, spec, initialLayers(spec, spec.seed + run, split.train.features), split)
    try {
      yield* trainRun(spec, split, network, numbers, run, slice)
    } finally {
      network.dispose()
    }
  }
  return numbers
}
