/**
 * The experiments that the pages speak of, for tests that derive what is said of them once more.
 */
import { existsSync, readFileSync } from 'node:fs'

import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { fingerprint, type Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { digest } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice, runToEnd } from '#training/progress.ts'

/** Where a build of the site keeps what it has trained, by digest. */
const folder = 'node_modules/.cache/minibatch'

/** The spec that a query asks for. */
export const specOf = (query: string): ExperimentSpec => readSpec(new URLSearchParams(query), {}, 'refuse').spec

const trained = (spec: ExperimentSpec): Numbers =>
  runToEnd(trainFused(spec, splitDataset(makeDataset(spec)), new Slice()))

/**
 * The numbers of an experiment: trained here, or those of the site's build where its first run, its last and the one in
 * the middle come out again, bit for bit. The build has trained all of them, which takes minutes; what it kept could be
 * of another engine, of other settings, or spoiled, and then all runs are.
 *
 * @throws Error where they do not come out again
 */
export async function numbersOf(spec: ExperimentSpec): Promise<Numbers> {
  const file = `${folder}/${await digest(spec)}`
  if (!existsSync(file)) return trained(spec)
  const kept = new Float32Array(new Uint8Array(readFileSync(file)).buffer)
  const each = kept.length / spec.seeds
  for (const run of new Set([0, spec.seeds >> 1, spec.seeds - 1])) {
    const again = trained({ ...spec, seed: spec.seed + run, seeds: 1 })
    const before = kept.subarray(run * each, (run + 1) * each)
    if (Buffer.compare(bytesOf(again), bytesOf(before)) !== 0)
      throw new Error(`${file} holds other numbers than run ${run} of ${JSON.stringify(spec)} gives`)
  }
  return kept
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers) => Buffer.from(buffer, byteOffset, byteLength)

const results = new Map<string, Promise<ExperimentResult>>()

/** The result of the experiment that a query asks for. */
export function resultOf(query: string): Promise<ExperimentResult> {
  const known = results.get(query) ?? resultOfSpec(specOf(query))
  results.set(query, known)
  return known
}

/** The result of an experiment. */
export async function resultOfSpec(spec: ExperimentSpec): Promise<ExperimentResult> {
  const numbers = await numbersOf(spec)
  const outcome = { digest: await digest(spec), fingerprint: await fingerprint(numbers), numbers }
  return deriveResult(spec, outcome, { histories: 0 })
}
