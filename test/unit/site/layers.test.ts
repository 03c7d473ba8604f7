import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

import { describe, expect, it } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { fingerprint } from '#experiment/result/numbers.ts'
import { digest } from '#experiment/spec/digest.ts'
import { presets } from '#experiment/spec/presets.ts'
import { stepsPerEpoch, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainLayers } from '#training/layers/train.ts'
import { Slice } from '#training/progress.ts'

import golden from '../../../site/src/build/reports/layers.json'

/** What the reports say of a preset's run on the layers engine. */
async function layersRun(spec: ExperimentSpec) {
  const start = performance.now()
  const training = trainLayers(spec, splitDataset(makeDataset(spec)), new Slice())
  let slice = training.next()
  while (!slice.done) slice = training.next()
  const seconds = Math.round((performance.now() - start) / 100) / 10
  const outcome = { digest: await digest(spec), fingerprint: await fingerprint(slice.value), numbers: slice.value }
  const { runs } = deriveResult(spec, outcome, { histories: 0 })
  const { final, instability, epochsTo80 } = runs[0]!
  return {
    digest: outcome.digest,
    fingerprint: outcome.fingerprint,
    train: final.trainAccuracy,
    test: final.testAccuracy,
    instability,
    epochsTo80,
    seconds,
  }
}

const specs = presets.map(({ slug, spec }) => ({ slug, spec: { ...spec, engine: 'layers' } as ExperimentSpec }))

// WRITE_GOLDEN=1 trains all of them, for minutes, and writes the file.
if (process.env['WRITE_GOLDEN']) {
  const runs: [string, Awaited<ReturnType<typeof layersRun>>][] = []
  for (const { slug, spec } of specs) runs.push([slug, await layersRun(spec)])
  const machine = `Node ${process.versions.node} on ${cpus()[0]?.model ?? 'an unknown machine'}`
  const file = new URL('../../../site/src/build/reports/layers.json', import.meta.url)
  writeFileSync(file, `${JSON.stringify({ machine, runs: Object.fromEntries(runs) }, null, 2)}\n`)
}

describe('the runs of the layers engine in the reports', () => {
  it('are of the presets as they are', async () => {
    const digests = await Promise.all(specs.map(async ({ slug, spec }) => [slug, await digest(spec)]))
    expect(Object.fromEntries(digests)).toEqual(
      Object.fromEntries(Object.entries(golden.runs).map(([slug, run]) => [slug, run.digest])),
    )
  })

  it.each(specs.filter(({ spec }) => stepsPerEpoch(spec) <= 2))('come out again: $slug', async ({ slug, spec }) => {
    const { seconds: _, ...run } = await layersRun(spec)
    expect(golden.runs[slug as keyof typeof golden.runs]).toMatchObject(run)
  })
})
