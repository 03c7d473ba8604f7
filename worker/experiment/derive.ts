/**
 * Numbers to result: everything that is shown of an experiment, derived from its spec and its numbers.
 */
import { engines } from './engine.ts'
import type { Outcome } from './numbers.ts'
import { permalink } from './permalink.ts'
import type { ExperimentResult } from './result.ts'
import { describeRun, runHistory } from './run.ts'
import type { ExperimentSpec } from './spec.ts'
import { curvesOf, summarize } from './summary.ts'

/**
 * The result of an experiment.
 *
 * @param histories how many runs, from the first, come with their full history
 * @param curves whether several runs come with their statistics by epoch: most of the work
 */
export function deriveResult(
  spec: ExperimentSpec,
  { digest, fingerprint, numbers }: Outcome,
  { histories, curves = true }: { histories: number; curves?: boolean },
): ExperimentResult {
  const runs = Array.from({ length: spec.seeds }, (_, run) => ({
    ...describeRun(spec, numbers, run),
    ...(run < histories ? { history: runHistory(spec, numbers, run) } : {}),
  }))
  return {
    digest,
    fingerprint,
    spec,
    engine: { name: spec.engine, version: engines[spec.engine].version },
    permalink: permalink(spec),
    runs,
    ...(curves && spec.seeds > 1 ? { curves: curvesOf(spec, numbers) } : {}),
    summary: summarize(runs),
  }
}
