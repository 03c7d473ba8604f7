/**
 * Derives the result of an experiment, which holds everything that is shown of it, from its spec and its numbers. For
 * the largest experiments this takes a tenth of a second, so it can also be done in pieces.
 */
import { engines } from '../spec/engine.ts'
import { permalink } from '../spec/spec-query.ts'
import type { ExperimentSpec } from '../spec/spec.ts'
import { metrics, type Metric, type Outcome } from './numbers.ts'
import type { Curve, Curves, ExperimentResult, Run } from './result.ts'
import { describeRun, runHistory } from './run.ts'
import { curveOverRuns, summarize } from './summary.ts'

/** Which optional parts of a result are derived. */
interface Extent {
  /** How many runs, from the first, include their full history. */
  histories: number
  /** Whether experiments with several runs include their statistics by epoch, which take most of the time. */
  curves?: boolean
}

/** The result of an experiment, derived in one go. */
export function deriveResult(spec: ExperimentSpec, outcome: Outcome, extent: Extent): ExperimentResult {
  const derivation = derive(spec, outcome, extent)
  let piece = derivation.next()
  while (!piece.done) piece = derivation.next()
  return piece.value
}

/**
 * The result of an experiment, derived piece by piece.
 *
 * @yields the number of values that a piece processed, about 0.1 µs each
 */
export function* derive(
  spec: ExperimentSpec,
  { digest, fingerprint, numbers }: Outcome,
  { histories, curves = true }: Extent,
): Generator<number, ExperimentResult, void> {
  const runs: Run[] = []
  for (let run = 0; run < spec.seeds; run++) {
    const history = run < histories ? { history: runHistory(spec, numbers, run) } : {}
    runs.push({ ...describeRun(spec, numbers, run), ...history })
    yield spec.epochs * (run < histories ? metrics.length : 1)
  }
  const all: Partial<Record<Metric, Curve>> = {}
  if (curves && spec.seeds > 1) for (const metric of metrics) all[metric] = yield* curveOverRuns(spec, numbers, metric)
  return resultOfRuns(spec, { digest, fingerprint }, runs, all.testAccuracy ? (all as Curves) : undefined)
}

/** The result of an experiment whose runs are described, with the statistics by epoch where they are asked for. */
export function resultOfRuns(
  spec: ExperimentSpec,
  { digest, fingerprint }: Omit<Outcome, 'numbers'>,
  runs: Run[],
  curves?: Curves,
): ExperimentResult {
  return {
    digest,
    fingerprint,
    spec,
    engine: { name: spec.engine, version: engines[spec.engine].version },
    permalink: permalink(spec),
    runs,
    ...(curves ? { curves } : {}),
    summary: summarize(runs),
  }
}
