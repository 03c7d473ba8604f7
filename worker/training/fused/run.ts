/** Trains one run in slices, phase by phase, because the cost of an update is constant only while the batch size is. */
import { epochWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf } from '#experiment/spec/training-size.ts'

import type { Slice } from '../progress.ts'
import type { FusedNetwork } from './network.ts'

/** Trains a run that has been started to its end or to divergence; yields when a slice is full. */
export function* advanceRun(spec: ExperimentSpec, network: FusedNetwork, slice: Slice): Generator<undefined, void> {
  for (const phase of phasesOf(spec)) {
    /** Operations of an update, including its share of the evaluation. */
    const work = epochWork(spec, phase) / phase.steps
    for (let left = phase.steps * phase.epochs; left > 0;) {
      // Limited to the phase: the rest of the slice is left to the next phase.
      const steps = Math.min(slice.fitting(work), left)
      const isOver = network.advance(steps)
      left -= steps
      if (slice.spend(steps * work)) yield
      if (isOver) return
    }
  }
}
