/**
 * Results at build time. What is of many runs comes from the repository (`build/kept-results.ts`); else, as for single
 * runs, the fused engine trains in threads, and numbers of many runs are kept by digest between builds.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

import { splitOf } from '#datasets/split.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import { deriveResult, resultOfRuns } from '#experiment/result/derive.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { fingerprint as fingerprintOf, numbersLength, type Numbers, type Outcome } from '#experiment/result/numbers.ts'
import type { Curves, ExperimentResult, Run } from '#experiment/result/result.ts'
import { runHistory } from '#experiment/result/run.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { boundaryBy } from '#training/boundary.ts'
import { measureNoise } from '#training/fused/noise.ts'
import { predictFused } from '#training/fused/predict.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { isWriting, kept } from './kept-results.ts'
import type { Measured } from './training.node.ts'
import { measure, trainInThread } from './trainings.ts'

/** The cache folder next to Astro's own, relative to the repository's root, where the build runs. */
const folder = 'node_modules/.cache/minibatch'

/** What of a result takes long: whoever shows it asks for it. */
interface Extent {
  /** How many runs, from the first, come with their histories. */
  histories?: number
  /** Whether several runs come with their statistics by epoch. */
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
  const { fingerprint, runs } = await kept<{ fingerprint: string; runs: Run[] }>(
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

/** Statistics by epoch over the runs of an experiment. */
function curvesOf(spec: ExperimentSpec): Promise<Curves> {
  return kept({ name: 'curves', numbers: [], spec }, async () => {
    const { curves } = deriveResult(spec, await outcomeOf(spec, numbersOf(spec)), { histories: 0 })
    return curves!
  })
}

/** What takes long to find out of an experiment, beside its result. */
export function measured<Name extends keyof Measured>(
  name: Name,
  given: PartialSpec,
  ...numbers: number[]
): Promise<Measured[Name]> {
  const spec = completeSpec(given)
  return kept({ name, numbers, spec }, () => measure(name, spec, numbers))
}

/** The decision boundary of an experiment's first run. */
export function boundaryOf(spec: ExperimentSpec): Boundary {
  return runToEnd(boundaryBy(predictFused, spec))
}

/** The gradient noise of an experiment's first run. */
export function buildNoise(spec: ExperimentSpec): GradientNoise {
  return runToEnd(measureNoise(spec, splitOf(spec), new Slice()))
}

async function outcomeOf(spec: ExperimentSpec, numbers: Promise<Numbers>): Promise<Outcome> {
  return { digest: await digestOf(spec), fingerprint: await fingerprintOf(await numbers), numbers: await numbers }
}

/** What has been trained, or is: the same experiments stand in several places of a page. */
const trainings = new Map<string, Promise<Numbers>>()

/** The numbers of the first runs of an experiment: single runs and those of many are the same. */
async function firstRuns(spec: ExperimentSpec, seeds: number): Promise<Numbers> {
  const some = { ...spec, seeds }
  return remembered(await digestOf(some), () => trainInThread(some))
}

/** The numbers of all runs of an experiment. */
async function numbersOf(spec: ExperimentSpec): Promise<Numbers> {
  const digest = await digestOf(spec)
  return remembered(digest, async () => stored(digest, spec) ?? store(digest, await trainInThread(spec)))
}

function remembered(digest: string, begin: () => Promise<Numbers>): Promise<Numbers> {
  const training = trainings.get(digest) ?? begin()
  trainings.set(digest, training)
  return training
}

function stored(digest: string, spec: ExperimentSpec): Numbers | undefined {
  if (isWriting) return undefined
  try {
    const numbers = new Float32Array(new Uint8Array(readFileSync(`${folder}/${digest}`)).buffer)
    return numbers.length === numbersLength(spec) ? numbers : undefined
  } catch {
    return undefined
  }
}

/** Writes numbers in one piece: another build may read them meanwhile. */
function store(digest: string, numbers: Numbers): Numbers {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${digest}`
  const unfinished = `${file}-${process.pid}`
  writeFileSync(unfinished, numbers)
  renameSync(unfinished, file)
  return numbers
}
