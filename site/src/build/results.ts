/**
 * Results at build time: trained by the fused engine when a page is built, and cached on disk by digest between builds.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

import { splitOf } from '#datasets/split.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import type { Generalization } from '#experiment/result/generalization.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { fingerprint, numbersLength, type Numbers, type Outcome } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { boundaryBy } from '#training/boundary.ts'
import { measureNoise } from '#training/fused/noise.ts'
import { predictFused } from '#training/fused/predict.ts'
import { generalizationBy } from '#training/generalization.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { trainInThread } from './trainings.ts'

/** The cache folder next to Astro's own, relative to the repository's root, where the build runs. */
const folder = 'node_modules/.cache/minibatch'

/** The result of an experiment, with the histories of its first runs. */
export async function buildResult(given: PartialSpec, histories = 30): Promise<ExperimentResult> {
  const spec = completeSpec(given)
  return deriveResult(spec, await outcomeOf(spec), { histories })
}

/** The generalization of an experiment's runs on fresh points, cached by digest between builds. */
export async function buildGeneralization(spec: ExperimentSpec): Promise<Generalization> {
  const file = fileOf(`${await digestOf(spec)}-fresh.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Generalization
  } catch {
    const generalization = runToEnd(generalizationBy(predictFused, spec))
    write(file, JSON.stringify(generalization))
    return generalization
  }
}

/** The decision boundary of an experiment's first run. */
export function boundaryOf(spec: ExperimentSpec): Boundary {
  return runToEnd(boundaryBy(predictFused, spec))
}

/** The gradient noise of an experiment's first run. */
export function buildNoise(spec: ExperimentSpec): GradientNoise {
  return runToEnd(measureNoise(spec, splitOf(spec), new Slice()))
}

/** Trainings in progress, by digest, since the same experiment occurs in several places of a page. */
const inProgress = new Map<string, Promise<Numbers>>()

async function outcomeOf(spec: ExperimentSpec): Promise<Outcome> {
  const digest = await digestOf(spec)
  const numbers = readCached(digest, spec) ?? (await trainOnce(digest, spec))
  return { digest, fingerprint: await fingerprint(numbers), numbers }
}

async function trainOnce(digest: string, spec: ExperimentSpec): Promise<Numbers> {
  const training = inProgress.get(digest) ?? trainInThread(spec).then((numbers) => writeCached(digest, numbers))
  inProgress.set(digest, training)
  try {
    return await training
  } finally {
    inProgress.delete(digest)
  }
}

const fileOf = (digest: string) => `${folder}/${digest}`

function readCached(digest: string, spec: ExperimentSpec): Numbers | undefined {
  try {
    const numbers = new Float32Array(new Uint8Array(readFileSync(fileOf(digest))).buffer)
    return numbers.length === numbersLength(spec) ? numbers : undefined
  } catch {
    return undefined
  }
}

function writeCached(digest: string, numbers: Numbers): Numbers {
  write(fileOf(digest), numbers)
  return numbers
}

/** Writes a file atomically, because another build may read it at the same time. */
function write(file: string, content: Numbers | string): void {
  mkdirSync(folder, { recursive: true })
  const unfinished = `${file}-${process.pid}`
  writeFileSync(unfinished, content)
  renameSync(unfinished, file)
}
