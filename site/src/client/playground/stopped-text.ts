/**
 * What is said of a training that the reader stopped.
 */
import type { LiveState } from '../live-experiment.ts'

/** Whether runs were over: going on keeps them. */
export function hasRunsToKeep({ result }: Pick<LiveState, 'result'>): boolean {
  return result.summary.runs > 0
}

/** How far it came: `stopped after 58 of 200 runs`; of a single run, after so many epochs. */
export function stoppedInWords({ spec, result }: Pick<LiveState, 'spec' | 'result'>): string {
  const { runs } = result.summary
  if (spec.seeds > 1) return `stopped after ${runs} of ${spec.seeds} runs`
  const epochs = result.runs[0]?.history?.testAccuracy.filter((value) => value !== null).length ?? 0
  return `stopped after ${epochs} of ${spec.epochs} epochs`
}
