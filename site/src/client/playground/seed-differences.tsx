/**
 * The differences between two experiments, seed by seed: a strip for each quantity that is told.
 */
import { Differences } from '#charts/types/differences.tsx'
import type { Comparison } from '#experiment/result/result.ts'

import { comparedQuantityTexts } from './comparison-text.ts'

/** The strips. */
export function SeedDifferences({ comparison: { quantities, seeds } }: { comparison: Comparison }) {
  return (
    <div class="paired">
      {comparedQuantityTexts.map(({ quantity, title, digits }) => (
        <Differences key={quantity} title={title} digits={digits} compared={quantities[quantity]} seeds={seeds} />
      ))}
    </div>
  )
}
