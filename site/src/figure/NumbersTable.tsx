/**
 * The key numbers of a figure: a row for each experiment, which leads to its permalink.
 */
import type { Drawing } from '#charts/drawing.tsx'
import { decimal, digitsOf, missing, spread } from '#charts/format.ts'
import { apartInWords } from '#charts/words.ts'
import type { ExperimentResult } from '#experiment/result.ts'

/** How soon test accuracy was 0.8: an epoch, or the median over the runs that got there. */
function epochsTo80({ summary }: ExperimentResult): string {
  const { reached, quartiles } = summary.epochsTo80
  const median = quartiles[1]
  if (summary.runs === 1 || reached === summary.runs) return median === null ? missing : String(Math.round(median))
  return `${median === null ? missing : Math.round(median)} (${reached} of ${summary.runs} runs)`
}

/** The table; its numbers are means over the runs where there are several. */
export function NumbersTable({ results, varied }: Pick<Drawing, 'results' | 'varied'>) {
  return (
    <table class="figure-numbers">
      <thead>
        <tr>
          <th scope="col">experiment</th>
          <th scope="col">test accuracy</th>
          <th scope="col" class="figure-roomy">
            train accuracy
          </th>
          <th scope="col">epochs to 0.8</th>
          <th scope="col">instability</th>
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <tr key={result.digest}>
            <th scope="row">
              <a href={result.permalink}>{apartInWords(result, varied)}</a>
            </th>
            <td>{spread(result.summary.final.testAccuracy)}</td>
            <td class="figure-roomy">{spread(result.summary.final.trainAccuracy)}</td>
            <td>{epochsTo80(result)}</td>
            <td>{decimal(result.summary.instability.mean, digitsOf.instability)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
