/**
 * Results at build time. Those of many runs are read from the repository (`kept-results.ts`). If they are missing, and
 * for single runs, the fused engine trains in threads; numbers of many runs are cached on disk by digest between
 * builds.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

import { splitOf } from '#datasets/split.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { Churn } from '#experiment/result/churn.ts'
import { deriveResult, resultOfRuns } from '#experiment/result/derive.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { fingerprint as fingerprintOf, numbersLength, type Numbers, type Outcome } from '#experiment/result/numbers.ts'
import type { Curves, ExperimentResult, Run } from '#experiment/result/result.ts'
import { runHistory } from '#experiment/result/run.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { boundaryBy } from '#training/boundary.ts'
import { churnBy } from '#training/churn.ts'
import { measureNoise } from '#training/fused/noise.ts'
import { predictEpochsFused, predictFused } from '#training/fused/predict.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { isWriting, keptResult } from './kept-results.ts'
import type { Lead, Measured } from './training.node.ts'
import { measure, measureLead, trainInThread } from './trainings.ts'

/** The cache folder next to Astro's own, relative to the repository's root, where the build runs. */
const folder = 'node_modules/.cache/minibatch'

/** The parts of a result that take long to derive, so they are opt-in. */
interface Extent {
  /** How many runs, from the first, include their history. */
  histories?: number
  /** Whether experiments with several runs include their statistics by epoch. */
  curves?: boolean
}

/** The result of an experiment. */
export async function buildResult(
  given: PartialSpec,
  { histories = 0, curves = false }: Extent = {},
): Promise<ExperimentResult> {
  const spec = completeSpec(given)
  const digest = await digestOf(spec)
  if (spec.seeds === 1) return deriveResult(spec, await outcomeOf(spec, firstRuns(spec, 1)), { histories })
  const { fingerprint, runs } = await keptResult<{ fingerprint: string; runs: Run[] }>(
    { name: 'runs', numbers: [], spec },
    async () => {
      const all = deriveResult(spec, await outcomeOf(spec, numbersOf(spec)), { histories: 0, curves: false })
      return { fingerprint: all.fingerprint, runs: all.runs }
    },
  )
  const drawn = histories > 0 ? await firstRuns(spec, Math.min(histories, spec.seeds)) : undefined
  const withHistories = runs.map((run, index) =>
    drawn && index < histories ? { ...run, history: runHistory(spec, drawn, index) } : run,
  )
  return resultOfRuns(spec, { digest, fingerprint }, withHistories, curves ? await curvesOf(spec) : undefined)
}

/** The statistics by epoch over the runs of an experiment. */
function curvesOf(spec: ExperimentSpec): Promise<Curves> {
  return keptResult({ name: 'curves', numbers: [], spec }, async () => {
    const { curves } = deriveResult(spec, await outcomeOf(spec, numbersOf(spec)), { histories: 0 })
    return curves!
  })
}

/** A measurement of an experiment that is not part of its result and takes long to compute. */
export function measured<Name extends keyof Measured>(
  name: Name,
  given: PartialSpec,
  ...numbers: number[]
): Promise<Measured[Name]> {
  const spec = completeSpec(given)
  return keptResult({ name, numbers, spec }, () => measure(name, spec, numbers))
}

/** How much more often an experiment's runs are right than those of another one on the same fresh examples. */
export function leadOf(given: PartialSpec, than: PartialSpec): Promise<Lead> {
  const [spec, pinned] = [completeSpec(given), completeSpec(than)]
  return keptResult({ name: 'lead', numbers: [], spec, pinned }, () => measureLead(spec, pinned))
}

/** The decision boundary of an experiment's first run. */
export function boundaryOf(spec: ExperimentSpec): Boundary {
  return runToEnd(boundaryBy(predictFused, spec))
}

/** The gradient noise of an experiment's first run. */
export function buildNoise(spec: ExperimentSpec): GradientNoise {
  return runToEnd(measureNoise(spec, splitOf(spec), new Slice(), () => {}))
}

/** The churn of an experiment's first run. */
export function buildChurn(spec: ExperimentSpec): Churn {
  return runToEnd(churnBy(predictEpochsFused, spec))
}

async function outcomeOf(spec: ExperimentSpec, numbers: Promise<Numbers>): Promise<Outcome> {
  return { digest: await digestOf(spec), fingerprint: await fingerprintOf(await numbers), numbers: await numbers }
}

/** Trainings by digest, running or completed, since the same experiment occurs in several places of a page. */
const trainings = new Map<string, Promise<Numbers>>()

/** The numbers of the first runs of an experiment, which are the same whether it has one run or many. */
async function firstRuns(spec: ExperimentSpec, seeds: number): Promise<Numbers> {
  const some = { ...spec, seeds }
  return trainOnce(await digestOf(some), () => trainInThread(some))
}

/** The numbers of all runs of an experiment. */
async function numbersOf(spec: ExperimentSpec): Promise<Numbers> {
  const digest = await digestOf(spec)
  return trainOnce(digest, async () => readCached(digest, spec) ?? writeCached(digest, await trainInThread(spec)))
}

function trainOnce(digest: string, start: () => Promise<Numbers>): Promise<Numbers> {
  const training = trainings.get(digest) ?? start()
  trainings.set(digest, training)
  return training
}

function readCached(digest: string, spec: ExperimentSpec): Numbers | undefined {
  if (isWriting) return undefined
  try {
    const numbers = new Float32Array(new Uint8Array(readFileSync(`${folder}/${digest}`)).buffer)
    return numbers.length === numbersLength(spec) ? numbers : undefined
  } catch {
    return undefined
  }
}

/** Writes numbers atomically, because another build may read them at the same time. */
function writeCached(digest: string, numbers: Numbers): Numbers {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${digest}`
  const unfinished = `${file}-${process.pid}`
  writeFileSync(unfinished, numbers)
  renameSync(unfinished, file)
  return numbers
}
