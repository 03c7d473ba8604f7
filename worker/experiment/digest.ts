/**
 * The identity of an experiment: SHA-256 of the version of the engine that trains it and the query of its permalink.
 * The query leaves defaults out, so a new field with a default that changes nothing leaves every digest as it is.
 */
import { engines } from './engine.ts'
import { queryText, specQuery } from './permalink.ts'
import { sha256 } from './sha256.ts'
import type { ExperimentSpec } from './spec.ts'

/** 64 hex digits; equal for equal experiments, and the key under which their numbers are cached. */
export function digest(spec: ExperimentSpec): Promise<string> {
  return sha256(new TextEncoder().encode(`${engines[spec.engine].version}?${queryText(specQuery(spec))}`))
}
