/**
 * The identity of an experiment: SHA-256 of its canonical spec and the version of the engine that trains it.
 */
import canonicalize from 'canonicalize'

import { engines } from './engine.ts'
import type { ExperimentSpec } from './spec.ts'

/** 64 hex digits; equal for equal experiments, and the key under which their numbers are cached. */
export async function digest(spec: ExperimentSpec): Promise<string> {
  const identity = canonicalize({ engine: engines[spec.engine].version, spec })
  if (identity === undefined) throw new Error('a spec is always representable as JSON')
  return sha256(new TextEncoder().encode(identity))
}

/** SHA-256 as 64 hex digits, by the platform. */
export async function sha256(bytes: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
