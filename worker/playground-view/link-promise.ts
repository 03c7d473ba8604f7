/** Checks a result against the fingerprint that a shared link promised. */
import { agreementOf } from '#experiment/result/agreement.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { PromisedNumbers } from './address.ts'

/** The outcome of the check, in words. */
export function fingerprintCheckInWords(
  result: Pick<ExperimentResult, 'fingerprint' | 'engine'>,
  promised: PromisedNumbers,
): string {
  return {
    equal: 'These are the numbers that the link promises: the fingerprint is equal, so every bit is.',
    different: 'These are not the numbers that the link promises: the fingerprint differs.',
    'other engine': `The link was made with engine ${promised.version}; this is ${result.engine.version}, so the numbers may differ.`,
  }[agreementOf(result, promised)]
}
