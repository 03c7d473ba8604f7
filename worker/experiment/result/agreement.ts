/**
 * Compares a result's fingerprint with the one that is expected: of a shared link, of what the site was built with, of
 * what a browser trained.
 */
import type { ExperimentResult } from './result.ts'

/** What is expected of a result. */
export interface Expected {
  /** The fingerprint, or as many of its first digits as are known. */
  fingerprint: string
  /** The version of the engine that gave it, where that is known. */
  version?: string | undefined
}

/** `other engine`: numbers of another version of the engine may differ. */
type Agreement = 'equal' | 'different' | 'other engine'

/** Whether a result has the numbers that are expected, bit for bit. */
export function agreementOf(
  { fingerprint, engine }: Pick<ExperimentResult, 'fingerprint' | 'engine'>,
  expected: Expected,
): Agreement {
  if (expected.version !== undefined && expected.version !== engine.version) return 'other engine'
  return fingerprint.startsWith(expected.fingerprint) ? 'equal' : 'different'
}
