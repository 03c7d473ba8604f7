/**
 * Compares a result's fingerprint with an expected one: that of a shared link, of the build, or of a training in the
 * browser.
 */
import type { ExperimentResult } from './result.ts'

/** The expected numbers of a result. */
export interface Expected {
  /** The fingerprint, or its first digits. */
  fingerprint: string
  /** The version of the engine that computed it, if known. */
  version?: string | undefined
}

/** `other engine` means that the numbers may differ, because the engine's version does. */
type Agreement = 'equal' | 'different' | 'other engine'

/** Whether a result has the expected numbers, bit for bit. */
export function agreementOf(
  { fingerprint, engine }: Pick<ExperimentResult, 'fingerprint' | 'engine'>,
  expected: Expected,
): Agreement {
  if (expected.version !== undefined && expected.version !== engine.version) return 'other engine'
  return fingerprint.startsWith(expected.fingerprint) ? 'equal' : 'different'
}
