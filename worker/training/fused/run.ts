/**
 * A run in slices: phase by phase, since a step costs the same only while the batch size holds.
 */
import { epochWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf } from '#experiment/spec/training-size.ts'

import type { Slice } from '../progress.ts'
import type { FusedNetwork } from './network.ts'

/** Trains a run that has begun up to its end, or to divergence; yields where a slice is full. */
export function* advanceRun(spec: ExperimentSpec, network: FusedNetwork, slice: Slice): Generator<undefined, void> {
  for (const phase of phasesOf(spec)) {
    /** Operations of a step, with its share of the evaluation. */
    const work = epochWork(spec, phase) / phase.steps
    for (let left = phase.steps * phase.epochs; left > 0;) {
      // No more than the phase has left: what a slice has room for beyond that is for what comes next.
      const steps = Math.min(slice.fitting(work), left)
      const isOver = network.advance(steps)
      left -= steps
      if (slice.spend(steps * work)) yield
      if (isOver) return
    }
  }
}
