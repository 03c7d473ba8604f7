/** Trains one run in slices: to its end, or to an epoch. */
import type { Numbers } from '#experiment/result/numbers.ts'
import { epochWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phaseAt, phasesOf } from '#experiment/spec/training-size.ts'

import { progressAt, type Progress, type Slice } from '../progress.ts'
import type { FusedNetwork } from './network.ts'

/**
 * Trains a run that has been started to its end or to divergence; yields when a slice is full. It goes phase by phase,
 * because the cost of an update is constant only while the batch size is.
 */
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

/**
 * Trains a run from one number of completed epochs to another, or to divergence; yields when a slice is full.
 *
 * @returns whether it diverged
 */
export function* advanceEpochs(
  spec: ExperimentSpec,
  network: FusedNetwork,
  slice: Slice,
  { from, to }: { from: number; to: number },
): Generator<undefined, boolean> {
  for (let epoch = from; epoch < to; epoch++) {
    const phase = phaseAt(spec, epoch)
    const work = epochWork(spec, phase) / phase.steps
    for (let left = phase.steps; left > 0;) {
      const steps = Math.min(slice.fitting(work), left)
      const isOver = network.advance(steps)
      left -= steps
      if (slice.spend(steps * work)) yield
      if (isOver && network.epochs < spec.epochs) return true
    }
  }
  return false
}

/** Copies what the first run of a spec has measured so far into its numbers, and returns its progress. */
export function firstRunProgress(spec: ExperimentSpec, network: FusedNetwork, numbers: Numbers): Progress {
  network.copyHistory(numbers, 0)
  return progressAt(spec, numbers, 0, network.epochs)
}
