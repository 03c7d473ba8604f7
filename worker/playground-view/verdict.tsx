/**
 * What the comparison of A and B shows: the verdict in words, for the top of the page, and the differences seed by seed.
 */
import { Differences } from '#charts/types/differences.tsx'
import type { Comparison } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { comparedInWords, comparedQuantityTexts } from './comparison-text.ts'

interface VerdictProps {
  spec: ExperimentSpec
  pin: ExperimentSpec
  /** Undefined until a seed has a run of both. */
  comparison: Comparison | undefined
}

/** The verdict: a sentence for each quantity. Before it is known, its line is there and empty. */
export function Verdict({ spec, pin, comparison }: VerdictProps) {
  const [first, ...others] = comparison ? comparedInWords(comparison, spec, pin) : []
  return (
    <p class="instrument-compared" role="status">
      <b>{first}</b> {others.join(' ')}
    </p>
  )
}

/** The differences between two experiments, seed by seed: a strip for each quantity. */
export function SeedDifferences({ comparison: { quantities, seeds } }: { comparison: Comparison }) {
  return (
    <div class="paired">
      {comparedQuantityTexts.map(({ quantity, title, digits }) => (
        <Differences key={quantity} title={title} digits={digits} compared={quantities[quantity]} seeds={seeds} />
      ))}
    </div>
  )
}
