/**
 * Numbers to result: everything that is shown of an experiment, derived from its spec and its numbers. That of the
 * largest takes a tenth of a second, so it can be done in pieces.
 */
import { engines } from '../spec/engine.ts'
import { permalink } from '../spec/spec-query.ts'
import type { ExperimentSpec } from '../spec/spec.ts'
import { metrics, type Metric, type Outcome } from './numbers.ts'
import type { Curve, Curves, ExperimentResult, Run } from './result.ts'
import { describeRun, runHistory } from './run.ts'
import { curveOverRuns, summarize } from './summary.ts'

/** How much is derived. */
interface Extent {
  /** How many runs, from the first, come with their full history. */
  histories: number
  /** Whether several runs come with their statistics by epoch: most of the work. */
  curves?: boolean
}

/** The result of an experiment, at once. */
export function deriveResult(spec: ExperimentSpec, outcome: Outcome, extent: Extent): ExperimentResult {
  const derivation = derive(spec, outcome, extent)
  let piece = derivation.next()
  while (!piece.done) piece = derivation.next()
  return piece.value
}

/**
 * The result of an experiment, piece by piece.
 *
 * @yields how many values a piece went through: some 0.1 µs each
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
