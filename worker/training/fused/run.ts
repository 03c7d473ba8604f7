/**
 * A run in slices: phase by phase, since a step costs the same only while the batch size holds.
 */
import { phasesOf } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { epochWork } from '#experiment/work.ts'

import type { Slice } from '../progress.ts'
import type { FusedNetwork } from './network.ts'

/**
 * Trains a run that has begun on to its end, or to divergence; yields where a slice is full.
 *
 * @param from the epochs that are done; `to` how many are to be
 * @returns whether it got there
 */
export function* advanceRun(
  spec: ExperimentSpec,
  network: FusedNetwork,
  slice: Slice,
  from = 0,
  to = spec.epochs,
): Generator<undefined, boolean> {
  for (const phase of phasesOf(spec)) {
    const epochs = Math.min(to, phase.before + phase.epochs) - Math.max(from, phase.before)
    /** Operations of a step, with its share of the evaluation. */
    const work = epochWork(spec, phase) / phase.steps
    for (let left = phase.steps * epochs; left > 0;) {
      // No more than the phase has left: what a slice has room for beyond that is for what comes next.
      const steps = Math.min(slice.fitting(work), left)
      const isOver = network.advance(steps)
      left -= steps
      if (slice.spend(steps * work)) yield
      if (isOver) return network.epochs >= to
    }
  }
  return true
}
