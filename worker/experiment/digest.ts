/**
 * The identity of an experiment: SHA-256 of its canonical spec and the version of the engine that trains it.
 */
import canonicalize from 'canonicalize'

import { engines } from './engine.ts'
import { sha256 } from './sha256.ts'
import type { ExperimentSpec } from './spec.ts'

/** 64 hex digits; equal for equal experiments, and the key under which their numbers are cached. */
export async function digest(spec: ExperimentSpec): Promise<string> {
  const identity = canonicalize({ engine: engines[spec.engine].version, spec })
  if (identity === undefined) throw new Error('a spec is always representable as JSON')
  return sha256(new TextEncoder().encode(identity))
}
