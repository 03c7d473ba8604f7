/**
 * Where a figure's numbers come from, and whether they are those that the site was built with.
 */
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
export function browserBadge(given: FigureProps, results: readonly ExperimentResult[], done: number): Badge {
  if (done === results.length) return { source: 'trained in your browser', proof: proofOf(given, results) }
  const isOne = results.length === 1
  return { source: 'training in your browser', proof: isOne ? 'one run so far' : `${done} of ${results.length}` }
}

/**
 * Of what the Worker answered.
 *
 * @param here what the browser trained of the same, where it did
 */
export function workerBadge(
  given: FigureProps,
  { drawing: { results }, isComputedNow }: Answer,
  here?: readonly ExperimentResult[],
): Badge {
  const source = isComputedNow ? 'edge, computed now' : 'edge, cached'
  const other = results.find(({ engine }) => engine.version !== given.engine)
  if (other) return { source, proof: `another engine version: ${other.engine.version}, built with ${given.engine}` }
  const isHere = here?.every(({ fingerprint }, index) => fingerprint === results[index]?.fingerprint) ?? true
  if (!isHere) return { source, proof: 'fingerprint differs from that of your browser' }
  return { source, proof: proofOf(given, results) || (here ? 'equal to what your browser trained, bit for bit' : '') }
}

/** Whether the numbers are those of the build; nothing where it has none. */
function proofOf({ experiments }: FigureProps, results: readonly ExperimentResult[]): string {
  if (experiments.some(({ fingerprint }) => fingerprint === '')) return ''
  const isEqual = results.every(({ fingerprint }, index) =>
    fingerprint.startsWith(experiments[index]?.fingerprint ?? '?'),
  )
  const many = results.length > 1 ? 'all fingerprints' : 'fingerprint'
  return isEqual
    ? `${many} equal to the built ${results.length > 1 ? 'ones' : 'one'}`
    : 'fingerprint differs from the built one'
}
