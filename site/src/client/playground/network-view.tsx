/**
 * The view of the network at the cursor: what each unit responds to and the weights between them, as it learns. Fetched
 * when the reader opens it.
 */
import { useEffect, useMemo, useState } from 'preact/hooks'

import { NetworkDrawing } from '#charts/marks/network-drawing.tsx'
import { exploreNetwork, networkHeight, networkInWords, readUnit } from '#charts/marks/network-layout.ts'
import { datasetOf } from '#datasets/split.ts'
import { loadTable } from '#datasets/table.ts'
import type { NetworkView } from '#experiment/result/network-view.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { momentText, type RunPosition } from '#playground-view/run-position.ts'
import { ScrollBox } from '#playground-view/scroll-box.tsx'
import { chooseUnits, networkView } from '#training/network-view.ts'

import { createTrainer, TrainerError } from '../trainer/trainer.ts'
import { Explored, type Explorable } from './explored.tsx'

export interface NetworkViewProps {
  /** The experiment, as far as it is trained. */
  result: ExperimentResult
  /** The cursor. */
  place: RunPosition
}

const networkPicture: Explorable<NetworkView> = {
  height: networkHeight,
  draw: (view, frame) => <NetworkDrawing view={view} {...frame} />,
  explore: exploreNetwork,
}

const meanings: Readonly<Record<NetworkView['pictures'], string>> = {
  responses:
    'The picture of a unit is its output all over the plane, as a share of its largest; that of a class is its probability.',
  pixels: 'The picture of a unit of the first layer is its weights from the 8 × 8 pixels.',
  none: 'These examples have too many features to draw what a unit responds to.',
}

export function NetworkPanel({ result, place }: NetworkViewProps) {
  const { spec } = result
  const seen = useNetwork(spec, place)
  if (seen === undefined) return <p>Computing the network …</p>
  if (seen === null) return <p>The run does not get this far: it diverged before.</p>
  const { view, spec: of, place: at } = seen
  return (
    <>
      <figure class="network-figure">
        <Explored kind={networkPicture} drawing={view} name="unit">
          {(reading) => (
            <p class="readout-line">
              {reading?.brief ??
                `The first run after ${at.epoch + at.step === 0 ? 'no update' : momentText(of, 'epochs', at)}.`}
            </p>
          )}
        </Explored>
        <figcaption>
          {networkInWords(view)} {meanings[view.pictures]} Weights are lines, the thicker the larger:{' '}
          <span class="plus">solid where positive</span>, <span class="minus">dashed where negative</span>.
          {of.averaging !== 'none' && ' These are the parameters that are trained, not their average.'}
        </figcaption>
      </figure>
      <details>
        <summary>The same as a table</summary>
        <UnitTable view={view} />
      </details>
    </>
  )
}

/** The units that are shown, in words. */
function UnitTable({ view }: { view: NetworkView }) {
  return (
    <ScrollBox label="Table: the units that are shown">
      <table>
        <thead>
          <tr>
            <th scope="col">unit</th>
            <th scope="col">what it has</th>
          </tr>
        </thead>
        <tbody>
          {view.layers.flatMap((layer, number) =>
            layer.shown.map((unit) => {
              const [name, values] = readUnit({ unit, layer, number }).split(': ')
              return (
                <tr key={`${number} ${unit.index}`}>
                  <th scope="row">{name}</th>
                  <td>{values}</td>
                </tr>
              )
            }),
          )}
        </tbody>
      </table>
    </ScrollBox>
  )
}

interface SeenNetwork {
  spec: ExperimentSpec
  place: RunPosition
  view: NetworkView
}

/** The network at a position of the first run; the last one stays until the next is known. Null after it diverged. */
function useNetwork(spec: ExperimentSpec, { epoch, step }: RunPosition): SeenNetwork | null | undefined {
  const trainer = useMemo(() => createTrainer(), [])
  const [seen, setSeen] = useState<SeenNetwork | null>()
  const query = specQuery(spec).toString()
  useEffect(() => {
    let isOld = false
    const ask = async () => {
      try {
        const [found] = await Promise.all([trainer.networkAt(spec, { epoch, step }), loadTable(spec.dataset)])
        if (found === undefined || isOld) return
        // The same units at every moment.
        const view = found && networkView(spec, datasetOf(spec), found.layers, chooseUnits(found.last))
        setSeen(view && { spec, place: { epoch, step }, view })
      } catch (error) {
        // The status bar says that the browser cannot train.
        if (!(error instanceof TrainerError)) throw error
      }
    }
    void ask()
    return () => {
      isOld = true
    }
    // A result that grows while it is trained has the same spec in other objects.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [trainer, query, epoch, step])
  return seen
}
