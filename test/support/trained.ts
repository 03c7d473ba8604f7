/**
 * The experiments that the pages speak of, for tests that derive what is said of them once more.
 */
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { deriveResult, resultOfRuns } from '#experiment/result/derive.ts'
import { fingerprint, type Numbers } from '#experiment/result/numbers.ts'
import type { Curves, ExperimentResult, Run } from '#experiment/result/result.ts'
import { describeRun } from '#experiment/result/run.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { allKept } from '../../site/src/build/kept-results.ts'

/** The spec that a query asks for. */
export const specOf = (query: string): ExperimentSpec => readSpec(new URLSearchParams(query), {}, 'refuse').spec

/** The numbers of an experiment. */
export const numbersOf = (spec: ExperimentSpec): Numbers =>
  runToEnd(trainFused(spec, splitDataset(makeDataset(spec)), new Slice()))

const results = new Map<string, Promise<ExperimentResult>>()

/** The result of the experiment that a query asks for. */
export const resultOf = (query: string): Promise<ExperimentResult> => resultOfSpec(specOf(query))

/** The result of an experiment. */
export async function resultOfSpec(spec: ExperimentSpec): Promise<ExperimentResult> {
  const digest = await digestOf(spec)
  const known = results.get(digest) ?? keptOrTrained(spec, digest)
  results.set(digest, known)
  return known
}

async function keptOrTrained(spec: ExperimentSpec, digest: string): Promise<ExperimentResult> {
  const kept = await keptRuns(digest)
  if (kept) {
    requireEqualRuns(spec, kept.runs)
    return resultOfRuns(spec, { digest, fingerprint: kept.fingerprint }, kept.runs, kept.curves)
  }
  const numbers = numbersOf(spec)
  return deriveResult(spec, { digest, fingerprint: await fingerprint(numbers), numbers }, { histories: 0 })
}

interface KeptRuns {
  fingerprint: string
  runs: Run[]
  curves?: Curves
}

let known: Promise<Map<string, KeptRuns>> | undefined

/** What the repository keeps of an experiment's runs, by its digest: another test trains all of it again. */
async function keptRuns(digest: string): Promise<KeptRuns | undefined> {
  known ??= (async () => {
    const byDigest = new Map<string, KeptRuns>()
    for (const { name, spec, value } of allKept()) {
      if (name !== 'runs' && name !== 'curves') continue
      const of = await digestOf(spec)
      byDigest.set(of, {
        ...byDigest.get(of)!,
        ...(name === 'runs' ? (value as KeptRuns) : { curves: value as Curves }),
      })
    }
    return byDigest
  })()
  return (await known).get(digest)
}

/**
 * Trains the first run of an experiment again, the last and the one in the middle.
 *
 * @throws Error where they do not come out as they are kept
 */
function requireEqualRuns(spec: ExperimentSpec, kept: readonly Run[]): void {
  for (const run of new Set([0, spec.seeds >> 1, spec.seeds - 1])) {
    const one = { ...spec, seed: spec.seed + run, seeds: 1 }
    const again = describeRun(one, numbersOf(one), 0)
    if (JSON.stringify(again) !== JSON.stringify(kept[run]))
      throw new Error(`another run ${run} of ${JSON.stringify(spec)} is kept: npm run build:results`)
  }
}
