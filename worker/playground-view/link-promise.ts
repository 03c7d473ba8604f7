/** Checks a result against the fingerprint that a shared link promised. */
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { PromisedNumbers } from './address.ts'

/** The outcome of the check, in words. */
export function keepsPromise(
  { fingerprint, engine }: Pick<ExperimentResult, 'fingerprint' | 'engine'>,
  promised: PromisedNumbers,
): string {
  if (promised.version !== undefined && promised.version !== engine.version)
    return `The link was made with engine ${promised.version}; this is ${engine.version}, so the numbers may differ.`
  return fingerprint.startsWith(promised.fingerprint)
    ? 'These are the numbers that the link promises: the fingerprint is equal, so every bit is.'
    : 'These are not the numbers that the link promises: the fingerprint differs.'
}
