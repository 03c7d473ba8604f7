/**
 * The experiments that the prose speaks of, each by its query: what the API would be asked.
 */
import { readSpec } from '#experiment/permalink.ts'
import type { Preset } from '#experiment/presets.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { resultOf } from '../results.ts'

/** How many seeds stand behind what is said of a preset: one of the batch sizes that are compared, or one alone. */
export function seedsOf({ slug }: Pick<Preset, 'slug'>): number {
  return slug.startsWith('batch-size-') ? 30 : 100
}

/** The spec that a query asks for. */
export function specOf(query: string): ExperimentSpec {
  return readSpec(new URLSearchParams(query), {}, 'refuse').spec
}

const results = new Map<string, Promise<ExperimentResult>>()

/** The result of the experiment that a query asks for, without histories: derived once in a build. */
export function resultFor(query: string): Promise<ExperimentResult> {
  const known = results.get(query) ?? resultOf(specOf(query), 0)
  results.set(query, known)
  return known
}
