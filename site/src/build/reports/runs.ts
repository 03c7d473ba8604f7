/** The runs that a report shows of a preset: the experiment over many seeds, and its first run on both engines. */
import { estimateOperations } from '#experiment/spec/cost.ts'
import { digest } from '#experiment/spec/digest.ts'
import { engines } from '#experiment/spec/engine.ts'
import { permalink, specQuery } from '#experiment/spec/permalink.ts'
import type { Preset } from '#experiment/spec/presets.ts'

import { resultFor, seeds } from '../values/experiments.ts'
import layers from './layers.json'

/** One run with one engine, and its permalink. */
interface EngineRun {
  engine: string
  version: string
  train: number | null
  test: number | null
  instability: number | null
  epochsTo80: number | null
  fingerprint: string
  /** Undefined if the API refuses it because it exceeds the engine's budget. */
  permalink: string | undefined
}

/** The query of a preset with the number of seeds that its report uses. */
export function seedsQuery(preset: Preset): string {
  return String(specQuery({ ...preset.spec, seeds }))
}

/** The first run of a preset on both engines. */
export async function engineRuns({ slug, spec }: Preset): Promise<EngineRun[]> {
  const fused = await resultFor(String(specQuery(spec)))
  const run = fused.runs[0]!
  const layersSpec = { ...spec, engine: 'layers' } as const
  const recorded = layers.runs[slug as keyof typeof layers.runs]
  if (recorded.digest !== (await digest(layersSpec))) throw new Error(`layers.json holds another run of ${slug}`)
  return [
    {
      engine: 'fused',
      version: fused.engine.version,
      train: run.final.trainAccuracy,
      test: run.final.testAccuracy,
      instability: run.instability,
      epochsTo80: run.epochsTo80,
      fingerprint: fused.fingerprint,
      permalink: fused.permalink,
    },
    {
      engine: 'layers',
      version: engines.layers.version,
      ...recorded,
      permalink: estimateOperations(layersSpec) > engines.layers.budget ? undefined : permalink(layersSpec),
    },
  ]
}
