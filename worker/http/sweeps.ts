/**
 * What all routes of several experiments do alike.
 */
import type { Context } from 'hono'

import { digest } from '#experiment/digest.ts'
import type { Outcome } from '#experiment/numbers.ts'
import { sha256 } from '#experiment/sha256.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec.ts'
import type { Specs } from '#experiment/sweep.ts'
import type { Results, Source } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { farthest } from './representation.ts'

/** What names the experiments of a sweep and what varies in it; of one experiment its digest. */
export async function questionOf(specs: Specs, varied: readonly SpecField[]): Promise<string> {
  const [first, ...others] = (await Promise.all(specs.map(digest))) as [string, ...string[]]
  return others.length ? sha256(new TextEncoder().encode([first, ...others, ...varied].join(' '))) : first
}

/**
 * Makes something of each experiment's numbers as they come, one experiment after the other: all numbers of a sweep
 * together could fill the isolate's memory. It says where they came from: what had to be waited for.
 */
export async function eachOutcome<Made>(
  c: Context<App>,
  results: Results,
  specs: Specs,
  make: (spec: ExperimentSpec, outcome: Outcome) => Made,
): Promise<{ made: Made[]; source: Source }> {
  const made: Made[] = []
  const sources: Source[] = []
  for (const spec of specs) {
    const { source, ...outcome } = await results.get(spec, callerOf(c))
    made.push(make(spec, outcome))
    sources.push(source)
  }
  return { made, source: farthest(sources as [Source, ...Source[]]) }
}
