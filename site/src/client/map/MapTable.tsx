/** The numbers of a map in a table, with a CSV file. */
import { useState } from 'preact/hooks'

import { fieldInWords } from '#charts/text/experiment-names.ts'
import { decimal, digitsOf, missing, spread, wholeNumber } from '#charts/text/format.ts'
import { colorValue } from '#experiment/result/map-run.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { mean } from '#experiment/result/statistics.ts'
import type { SpecField } from '#experiment/spec/spec.ts'
import type { MapView } from '#playground-view/map-view.ts'
import { ScrollBox } from '#playground-view/scroll-box.tsx'

import { saveFile } from '../save-file.ts'
import { mapCsv } from './map-csv.ts'
import { mapQuantity, type MapResults } from './map-results.ts'

interface TableProps {
  cells: MapResults
  varied: readonly SpecField[]
  view: MapView
  hasChurn: boolean
  hrefOf: (result: ExperimentResult) => string
}

/** The fold with the table, which is drawn when it is opened: while a map is trained, it changes with every frame. */
export function MapTable(props: TableProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="map-numbers" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>All cells in a table</summary>
      {isOpen && <Table {...props} />}
    </details>
  )
}

function Table({ cells, varied, view, hasChurn, hrefOf }: TableProps) {
  const save = () => saveFile(new Blob([mapCsv(cells, varied, view, location.origin)], { type: 'text/csv' }), 'map.csv')
  return (
    <>
      <p>
        <button type="button" class="as-link" onClick={save}>
          Download CSV
        </button>
      </p>
      <ScrollBox label="Table: the cells of the map">
        <table>
          <thead>
            <tr>
              {varied.map((field) => (
                <th key={field} scope="col">
                  {fieldInWords(field)}
                </th>
              ))}
              <th scope="col">runs</th>
              <th scope="col">test accuracy</th>
              <th scope="col">instability</th>
              {hasChurn && <th scope="col">churn</th>}
              <th scope="col">epochs to {view.target}</th>
              <th scope="col">test loss</th>
              <th scope="col">diverged</th>
              <th scope="col">still learning</th>
            </tr>
          </thead>
          <tbody>
            {cells.results.map((result) => (
              <Row key={result.permalink} {...{ cells, result, varied, view, hasChurn, hrefOf }} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}

function Row({ cells, result, varied, view, hasChurn, hrefOf }: TableProps & { result: ExperimentResult }) {
  const { summary, spec } = result
  const runs = cells.runsOf(result)
  const churn = runs.map((run) => colorValue('churn', run, view.target)).filter((value) => value !== null)
  const epochs = mapQuantity({ color: 'epochs', target: view.target }).of(summary, result)
  return (
    <tr>
      {varied.map((field, index) =>
        index === 0 ? (
          <th key={field} scope="row">
            <a href={hrefOf(result)}>{String(spec[field])}</a>
          </th>
        ) : (
          <td key={field}>{String(spec[field])}</td>
        ),
      )}
      <td>{summary.runs}</td>
      <td>{spread(summary.final.testAccuracy)}</td>
      <td>{spread(summary.instability, digitsOf.instability)}</td>
      {hasChurn && <td>{churn.length ? decimal(mean(churn), digitsOf.instability) : missing}</td>}
      <td>{epochs === null ? missing : wholeNumber(epochs)}</td>
      <td>{spread(summary.final.testLoss)}</td>
      <td>{summary.diverged}</td>
      <td>{summary.stillLearning}</td>
    </tr>
  )
}
