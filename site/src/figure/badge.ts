/**
 * Where a figure's numbers come from, and whether they are those that the site was built with.
 */
import type { Answer } from './ask.ts'
import type { GivenFigure } from './given.ts'

/** What a figure says of its numbers. */
export interface Badge {
  source: 'built with the site' | 'edge, computed now' | 'edge, cached'
  proof: string
}

/** Of what was built. */
export function builtBadge({ experiments }: GivenFigure): Badge {
  const [first] = experiments
  return { source: 'built with the site', proof: experiments.length > 1 ? '' : `fingerprint ${first?.fingerprint}` }
}

/** Of what the Worker answered. */
export function edgeBadge(given: GivenFigure, { drawing: { results }, isComputedNow }: Answer): Badge {
  const source = isComputedNow ? 'edge, computed now' : 'edge, cached'
  const other = results.find(({ engine }) => engine.version !== given.engine)
  if (other) return { source, proof: `another engine version: ${other.engine.version}, built with ${given.engine}` }
  const isEqual = results.every(({ fingerprint }, index) =>
    fingerprint.startsWith(given.experiments[index]?.fingerprint ?? '?'),
  )
  const many = results.length > 1 ? 'all fingerprints' : 'fingerprint'
  return {
    source,
    proof: isEqual
      ? `${many} equal to the built ${results.length > 1 ? 'ones' : 'one'}`
      : 'fingerprint differs from the built one',
  }
}
