/** The experiments that the prose mentions, each identified by its query to the API. */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { buildResult } from '../results.ts'

/** The number of seeds behind every statement, so that a quantity has the same value wherever it is mentioned. */
export const seeds = 100

/** The spec of a query. */
export function specOf(query: string): ExperimentSpec {
  return readSpec(new URLSearchParams(query), {}, 'refuse').spec
}

const results = new Map<string, Promise<ExperimentResult>>()

/** The result of a query, without histories; derived once per build. */
export function resultFor(query: string): Promise<ExperimentResult> {
  const known = results.get(query) ?? buildResult(specOf(query))
  results.set(query, known)
  return known
}
