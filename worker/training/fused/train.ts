/**
 * The `fused` engine: trains the runs of a spec one after another with the kernel, which supports exactly the models
 * that a spec can describe.
 */
import type { Split } from '#datasets/split.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { progressAt, type Slice, type TrainingSteps } from '../progress.ts'
import { FusedNetwork } from './network.ts'
import { advanceRun } from './run.ts'

/** Trains every run of a spec in slices. Its memory is released when it ends, is stopped by `return()` or throws. */
export function* trainFused(spec: ExperimentSpec, split: Split, slice: Slice): TrainingSteps {
  const numbers = emptyNumbers(spec)
  const network = new FusedNetwork(spec, split)
  try {
    for (let run = 0; run < spec.seeds; run++) {
      network.begin(spec.seed + run)
      const steps = advanceRun(spec, network, slice)
      for (let isOver = false; !isOver;) {
        isOver = steps.next().done === true
        network.copyHistory(numbers, run)
        if (!isOver) yield progressAt(spec, numbers, run, network.epochs)
      }
    }
  } finally {
    network.dispose()
  }
  return numbers
}
