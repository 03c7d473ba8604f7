/**
 * An experiment of the playground as far as it is known: trained in the browser, to its end or until the reader stopped it,
 * or by the Worker.
 */
import { numbersLength } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { LiveTraining } from '../live-experiment.ts'
import { liveResult, runsOver } from '../live-result.ts'

export interface LiveState {
  spec: ExperimentSpec
  result: ExperimentResult
  /** The share of the work that is done, from 0 to 1. */
  progress: number
  /** All runs are over. Not so where the reader stopped it. */
  isOver: boolean
  /** The reader stopped it: its result is of the runs that were over by then. */
  isStopped: boolean
}

/** The state of a training in the browser. */
export function liveState({ spec, progress, status, fingerprint }: LiveTraining): LiveState {
  const isStopped = status === 'stopped'
  const result = isStopped ? stoppedResult(spec, progress) : liveResult(spec, progress, fingerprint)
  return { spec, result, progress: progress.progress, isOver: status === 'over', isStopped }
}

/** The state of an experiment that the Worker trained. */
export function workerState(spec: ExperimentSpec, result: ExperimentResult): LiveState {
  return { spec, result, progress: 1, isOver: true, isStopped: false }
}

/**
 * The result of a training that was stopped: of all runs that are over, whichever those are; of none, the first as far as
 * it went.
 */
function stoppedResult(spec: ExperimentSpec, { numbers, ended }: LiveTraining['progress']): ExperimentResult {
  const over = [...ended].sort((a, b) => a - b)
  if (runsOver({ ended }) === over.length) return liveResult(spec, { numbers, ended })
  // One after the other, as if there were no gaps; the seeds are then those that ran.
  const size = numbersLength({ seeds: 1, epochs: spec.epochs })
  const closed = new Float32Array(over.length * size)
  over.forEach((run, index) => closed.set(numbers.subarray(run * size, (run + 1) * size), index * size))
  const result = liveResult(spec, { numbers: closed, ended: over.map((_, index) => index) })
  return { ...result, runs: result.runs.map((run, index) => ({ ...run, seed: spec.seed + over[index]! })) }
}
