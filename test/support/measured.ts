/** What is measured of runs, by query: the same bits wherever the kernel runs. `GOLDEN=write` writes it anew. */
import { sha256 } from '#experiment/sha256.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainGeneralization, trainNoise } from '#training/by-engine.ts'

/** SHA-256 of the noise of each query's first run, and of how all its runs generalize. */
export async function measuredHashes(queries: readonly string[]) {
  const hashes: Record<string, { noise: string; generalization: string }> = {}
  for (const query of queries) {
    const { spec } = readSpec(new URLSearchParams(query), {}, 'refuse')
    hashes[query] = { noise: await hashOf(trainNoise, spec), generalization: await hashOf(fresh, spec) }
  }
  return hashes
}

/** On as many fresh examples as when the file was made. */
const fresh = (spec: ExperimentSpec) => trainGeneralization({ spec, freshExamples: 20_000 })

async function hashOf(train: (spec: ExperimentSpec) => Generator<unknown, object, void>, spec: ExperimentSpec) {
  const training = train(spec)
  let slice = training.next()
  while (!slice.done) slice = training.next()
  return sha256(new TextEncoder().encode(JSON.stringify(slice.value)))
}
