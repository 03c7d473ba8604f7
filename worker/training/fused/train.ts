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
  const perEpoch = stepsPerEpoch(spec)
  /** Operations of a step, with its share of the evaluation. */
  const work = epochWork(spec) / perEpoch
  try {
    for (let run = 0; run < spec.seeds; run++) {
      network.begin(spec.seed + run)
      let left = perEpoch * spec.epochs
      for (let isOver = false; !isOver;) {
        // No more than the run has left: what a slice has room for beyond that is the next run's.
        const steps = Math.min(slice.fitting(work), left)
        isOver = network.advance(steps)
        network.copyHistory(numbers, run)
        left -= steps
        if (slice.spend(steps * work)) yield progressAt(spec, numbers, run, network.epochs)
      }
    }
  } finally {
    network.dispose()
  }
  return numbers
}
