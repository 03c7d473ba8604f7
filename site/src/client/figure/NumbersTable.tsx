/**
 * The key numbers of a figure: a row for each experiment, which leads to its permalink.
 */
import type { Drawing } from '#charts/drawing.tsx'
import { differencesInWords } from '#charts/text/experiment-names.ts'
import { decimal, digitsOf, spread } from '#charts/text/format.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { epochsTo80 } from '#playground-view/epochs-to-80.ts'

import { NoiseTable } from '../NoiseTable.tsx'

/** How soon test accuracy was 0.8, and how many of the runs got there where not all did. */
function epochsCell({ summary }: ExperimentResult): string {
  const {
    runs,
    epochsTo80: { reached },
  } = summary
  return runs === 1 || reached === runs ? epochsTo80(summary) : `${epochsTo80(summary)} (${reached} of ${runs} runs)`
}

/** The table; its numbers are means over the runs where there are several. */
export function NumbersTable({ results, varied, noise }: Pick<Drawing, 'results' | 'varied' | 'noise'>) {
  if (noise) return <NoiseTable noise={noise} />
  return (
    <table class="figure-numbers">
      <thead>
        <tr>
          <th scope="col">experiment</th>
          <th scope="col">test accuracy</th>
          <th scope="col" class="figure-roomy">
            train accuracy
          </th>
          <th scope="col">epochs to 0.80</th>
          <th scope="col">instability</th>
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <tr key={result.digest}>
            <th scope="row">
              <a href={result.permalink}>{differencesInWords(result, varied)}</a>
            </th>
            <td>{spread(result.summary.final.testAccuracy)}</td>
            <td class="figure-roomy">{spread(result.summary.final.trainAccuracy)}</td>
            <td>{epochsCell(result)}</td>
            <td>{decimal(result.summary.instability.mean, digitsOf.instability)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
