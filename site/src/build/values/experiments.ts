/**
 * The experiments that the prose speaks of, each by its query: what the API would be asked.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { buildResult } from '../results.ts'

/** How many seeds stand behind whatever is said: so one quantity has one value wherever it is told. */
export const seeds = 100

/** The spec that a query asks for. */
export function specOf(query: string): ExperimentSpec {
  return readSpec(new URLSearchParams(query), {}, 'refuse').spec
}

const results = new Map<string, Promise<ExperimentResult>>()

/** The result of the experiment that a query asks for, without histories: derived once in a build. */
export function resultFor(query: string): Promise<ExperimentResult> {
  const known = results.get(query) ?? buildResult(specOf(query))
  results.set(query, known)
  return known
}
