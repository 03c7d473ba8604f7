/**
 * The `fused` engine: trains by the kernel, one run after the other. It is no model of anything but a spec.
 */
import type { Split } from '#dataset/split.ts'
import { emptyNumbers } from '#experiment/numbers.ts'
import { stepsPerEpoch } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { epochWork } from '#experiment/work.ts'

import { progressAt, type Slice, type Training } from '../progress.ts'
import { FusedNetwork } from './network.ts'

/** Trains every run of a spec. Its memory is given back when it ends, is stopped (`return`) or throws. */
export function* trainFused(spec: ExperimentSpec, split: Split, slice: Slice): Training {
  const numbers = emptyNumbers(spec)
  const network = new FusedNetwork(spec, split)
  /** Operations of a step, with its share of the evaluation. */
  const work = epochWork(spec) / stepsPerEpoch(spec)
  try {
    for (let run = 0; run < spec.seeds; run++) {
      network.begin(spec.seed + run)
      for (let isOver = false; !isOver;) {
        const steps = slice.fitting(work)
        isOver = network.advance(steps)
        network.copyHistory(numbers, run)
        if (slice.spend(steps * work)) yield progressAt(spec, numbers, run, network.epochs)
      }
    }
  } finally {
    network.dispose()
  }
  return numbers
}
