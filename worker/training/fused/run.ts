/**
 * A run in slices: phase by phase, since a step costs the same only while the batch size holds; and how far it is.
 */
import type { Numbers } from '#experiment/numbers.ts'
import { phasesOf } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { epochWork } from '#experiment/work.ts'

import { progressAt, type Progress, type Slice } from '../progress.ts'
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

/** Copies what the first run of a spec has measured so far into its numbers, and returns its progress. */
export function firstRunProgress(spec: ExperimentSpec, network: FusedNetwork, numbers: Numbers): Progress {
  network.copyHistory(numbers, 0)
  return progressAt(spec, numbers, 0, network.epochs)
}
