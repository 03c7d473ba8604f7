/**
 * The result of an experiment that is still being trained: of the runs that are over, in the form that every chart can
 * draw.
 */
import { deriveResult } from '#experiment/result/derive.ts'
import { metrics } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { permalink } from '#experiment/spec/spec-query.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { TrainingProgress } from './trainer/trainer.ts'

/** Single runs that are drawn at most, as the Worker's charts have. */
const mostHistories = 30

/** How many runs, from the first, are over: what is known of all together is known of these. */
export function runsOver({ ended }: Pick<TrainingProgress, 'ended'>): number {
  const over = new Set(ended)
  let count = 0
  while (over.has(count)) count++
  return count
}

/**
 * The result of the runs that are over; while none is, of the first as far as it goes.
 *
 * The spec is the whole experiment's: a picture says what is asked, and its axes do not grow. How many runs are over the
 * summary says; while none is, it has nothing of them but the epochs to 0.8.
 *
 * @param fingerprint of the whole experiment, once it is known
 */
export function liveResult(
  spec: ExperimentSpec,
  progress: Pick<TrainingProgress, 'numbers' | 'ended'>,
  fingerprint = '',
): ExperimentResult {
  const over = runsOver(progress)
  const known = { ...spec, seeds: Math.max(1, over) }
  const numbers = progress.numbers.subarray(0, known.seeds * metrics.length * spec.epochs)
  const result = deriveResult(known, { digest: '', fingerprint, numbers }, { histories: mostHistories })
  return {
    ...result,
    spec,
    permalink: permalink(spec),
    // A run that is not over has not diverged: what it lacks is still to come.
    ...(over > 0
      ? {}
      : {
          runs: result.runs.map((run) => ({ ...run, diverged: false })),
          summary: { ...result.summary, runs: 0, diverged: 0 },
        }),
  }
}
