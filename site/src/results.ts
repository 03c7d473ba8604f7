/**
 * Results at build time: trained by the fused engine when a page is built, and kept by digest between builds.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

import { splitOf } from '#dataset/split.ts'
import type { Boundary } from '#experiment/boundary.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest as digestOf } from '#experiment/digest.ts'
import type { Generalization } from '#experiment/generalization.ts'
import type { GradientNoise } from '#experiment/gradient-noise.ts'
import { fingerprint, numbersLength, type Numbers, type Outcome } from '#experiment/numbers.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec.ts'
import { boundaryBy } from '#training/boundary.ts'
import { measureNoise } from '#training/fused/noise.ts'
import { predictFused } from '#training/fused/predict.ts'
import { generalizationBy } from '#training/generalization.ts'
import { Slice, toTheEnd } from '#training/progress.ts'

import { train } from './build/trainings.ts'

/** Beside Astro's own cache, from the repository's root, where the build runs. */
const folder = 'node_modules/.cache/minibatch'

/** The result of an experiment, with the histories of its first runs. */
export async function resultOf(given: PartialSpec, histories = 30): Promise<ExperimentResult> {
  const spec = completeSpec(given)
  return deriveResult(spec, await outcomeOf(spec), { histories })
}

/** How well the runs of an experiment do on fresh points; kept by digest between builds. */
export async function generalizationOf(spec: ExperimentSpec): Promise<Generalization> {
  const file = fileOf(`${await digestOf(spec)}-fresh.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Generalization
  } catch {
    const generalization = toTheEnd(generalizationBy(predictFused, spec))
    write(file, JSON.stringify(generalization))
    return generalization
  }
}

/** The decision boundary of an experiment's first run. */
export function boundaryOf(spec: ExperimentSpec): Boundary {
  return toTheEnd(boundaryBy(predictFused, spec))
}

/** The noise of the gradients of an experiment's first run. */
export function noiseOf(spec: ExperimentSpec): GradientNoise {
  return toTheEnd(measureNoise(spec, splitOf(spec), new Slice(), () => {}))
}

/** What is being trained: the same experiment stands in several places of a page. */
const underWay = new Map<string, Promise<Numbers>>()

async function outcomeOf(spec: ExperimentSpec): Promise<Outcome> {
  const digest = await digestOf(spec)
  const numbers = kept(digest, spec) ?? (await trained(digest, spec))
  return { digest, fingerprint: await fingerprint(numbers), numbers }
}

async function trained(digest: string, spec: ExperimentSpec): Promise<Numbers> {
  const training = underWay.get(digest) ?? train(spec).then((numbers) => keep(digest, numbers))
  underWay.set(digest, training)
  try {
    return await training
  } finally {
    underWay.delete(digest)
  }
}

const fileOf = (digest: string) => `${folder}/${digest}`

function kept(digest: string, spec: ExperimentSpec): Numbers | undefined {
  try {
    const numbers = new Float32Array(new Uint8Array(readFileSync(fileOf(digest))).buffer)
    return numbers.length === numbersLength(spec) ? numbers : undefined
  } catch {
    return undefined
  }
}

function keep(digest: string, numbers: Numbers): Numbers {
  write(fileOf(digest), numbers)
  return numbers
}

/** Writes a file in one piece: another build may read it meanwhile. */
function write(file: string, content: Numbers | string): void {
  mkdirSync(folder, { recursive: true })
  const unfinished = `${file}-${process.pid}`
  writeFileSync(unfinished, content)
  renameSync(unfinished, file)
}
