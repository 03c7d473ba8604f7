/**
 * The badge of a figure: where its numbers come from, and whether they are those that the site was built with.
 */
import { agreementOf } from '#experiment/result/agreement.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { Answer } from './ask-worker.ts'
import type { FigureProps } from './figure-props.ts'

/** What a figure says of its numbers. */
export interface Badge {
  source:
    | 'built with the site'
    | 'edge, computed now'
    | 'edge, cached'
    | 'training in your browser'
    | 'trained in your browser'
  proof: string
}

/** Of what was built. */
export function builtBadge({ experiments }: FigureProps): Badge {
  const [first] = experiments
  return { source: 'built with the site', proof: experiments.length > 1 ? '' : `fingerprint ${first?.fingerprint}` }
}

/** Of what the browser trained, all of it or a part. */
export function browserBadge(built: FigureProps, results: readonly ExperimentResult[], done: number): Badge {
  if (done === results.length) return { source: 'trained in your browser', proof: proofOf(built, results) }
  const isOne = results.length === 1
  return { source: 'training in your browser', proof: isOne ? 'one run so far' : `${done} of ${results.length}` }
}

/**
 * Of what the Worker answered.
 *
 * @param own what the browser trained of the same, where it did
 */
export function workerBadge(
  built: FigureProps,
  { drawing: { results }, isComputedNow }: Answer,
  own?: readonly ExperimentResult[],
): Badge {
  const source = isComputedNow ? 'edge, computed now' : 'edge, cached'
  const other = results.find(({ engine }) => engine.version !== built.engine)
  if (other) return { source, proof: `another engine version: ${other.engine.version}, built with ${built.engine}` }
  if (own && !areEqual(results, own)) return { source, proof: 'fingerprint differs from that of your browser' }
  return { source, proof: proofOf(built, results) || (own ? 'equal to what your browser trained, bit for bit' : '') }
}

/** Whether the numbers are those of the build; nothing where it has none. */
function proofOf({ experiments }: FigureProps, results: readonly ExperimentResult[]): string {
  if (experiments.some(({ fingerprint }) => fingerprint === '')) return ''
  const [fingerprints, one] = results.length > 1 ? ['all fingerprints', 'ones'] : ['fingerprint', 'one']
  return areEqual(results, experiments)
    ? `${fingerprints} equal to the built ${one}`
    : 'fingerprint differs from the built one'
}

/** Whether each result has the numbers that are expected of it. */
function areEqual(results: readonly ExperimentResult[], expected: readonly { fingerprint: string }[]): boolean {
  return results.every((result, index) => {
    const { fingerprint = '?' } = expected[index] ?? {}
    return agreementOf(result, { fingerprint }) === 'equal'
  })
}
