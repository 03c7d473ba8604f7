/** The table of every run of an experiment, with summary statistics in its footer. */
import { decimal, digitsOf, missing, spread } from '#charts/text/format.ts'
import type { ExperimentResult, Run } from '#experiment/result/result.ts'

import { epochsTo80 } from './epochs-to-80.ts'
import { ScrollBox } from './scroll-box.tsx'

/** The table. */
export function RunsTable({ result: { runs, summary } }: { result: ExperimentResult }) {
  return (
    <ScrollBox label="Table: every run">
      <table>
        <thead>
          <tr>
            <th scope="col">seed</th>
            <th scope="col">test accuracy</th>
            <th scope="col">instability</th>
            <th scope="col">epochs to 0.80</th>
            <th scope="col">drift</th>
            <th scope="col">train accuracy</th>
            <th scope="col">test loss</th>
            <th scope="col">train loss</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.seed} run={run} />
          ))}
        </tbody>
        {runs.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">mean ± sd</th>
              <td>{spread(summary.final.testAccuracy)}</td>
              <td>{spread(summary.instability, digitsOf.instability)}</td>
              <td>median {epochsTo80(summary)}</td>
              <td>{spread(summary.drift, digitsOf.instability)}</td>
              <td>{spread(summary.final.trainAccuracy)}</td>
              <td>{spread(summary.final.testLoss)}</td>
              <td>{spread(summary.final.trainLoss)}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollBox>
  )
}

function RunRow({ run: { seed, diverged, final, instability, drift, epochsTo80: reached } }: { run: Run }) {
  return (
    <tr>
      <th scope="row">
        {seed}
        {diverged && ', diverged'}
      </th>
      <td>{decimal(final.testAccuracy)}</td>
      <td>{decimal(instability, digitsOf.instability)}</td>
      <td>{reached ?? missing}</td>
      <td>{decimal(drift, digitsOf.instability)}</td>
      <td>{decimal(final.trainAccuracy)}</td>
      <td>{decimal(final.testLoss)}</td>
      <td>{decimal(final.trainLoss)}</td>
    </tr>
  )
}
