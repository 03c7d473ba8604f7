/**
 * The map of the playground: one or two settings vary, every cell is trained in the browser, and a cell can be selected in
 * place. Fetched when a setting is first varied.
 */
import { useMemo, useRef } from 'preact/hooks'

import { fieldInWords } from '#charts/text/experiment-names.ts'
import { takeawayOfSweep } from '#charts/text/takeaway-of-several.ts'
import { markedMap } from '#charts/types/map.tsx'
import sweep from '#charts/types/sweep.tsx'
import { completeView } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { specWith } from '#experiment/spec/varied-values.ts'
import { writeAddress, type Shown } from '#playground-view/address.ts'
import { defaultMap, type MapView } from '#playground-view/map-view.ts'

import { Explored } from '../playground/explored.tsx'
import { progressOf, type MapTraining } from './live-map.ts'
import { bestResults, mapDrawing, mapResults, mapQuantity } from './map-results.ts'
import { MapControls } from './MapControls.tsx'
import { MapRule } from './MapRule.tsx'
import { MapTable } from './MapTable.tsx'
import { useMap } from './use-map.ts'

export interface MapPanelProps {
  /** The experiment of the playground. */
  spec: ExperimentSpec
  shown: Shown
  /** The map is to be another one, or shown otherwise. */
  onMap: (map: MapView) => void
  /** An address of the playground is to be opened in place. */
  onOpen: (address: string) => void
}

export function MapPanel({ spec, shown, onMap, onOpen }: MapPanelProps) {
  const view = shown.map ?? defaultMap
  const { map, refusal, stop, resume } = useMap(spec, view)
  return (
    <div class="map-panel">
      <MapControls spec={spec} lock={shown.lock} view={view} onMap={onMap} />
      {refusal !== undefined && <p role="status">{refusal}</p>}
      {map && view.vary.length > 0 && (
        <>
          <MapStatus map={map} onStop={stop} onResume={resume} />
          <MapPicture map={map} spec={spec} shown={shown} view={view} onOpen={onOpen} />
        </>
      )}
      <MapRule />
    </div>
  )
}

/** How far the training is. */
function MapStatus({ map, onStop, onResume }: { map: MapTraining; onStop: () => void; onResume: () => void }) {
  const cells = map.grid.specs.filter((one) => one !== undefined).length
  const done = map.runs.reduce((sum, { length }) => sum + length, 0)
  const isOver = map.status === 'over'
  return (
    <p class="map-status">
      <progress aria-label="runs of the map that are trained" value={progressOf(map)} max={1} hidden={isOver} />
      <span>
        {isOver ? `${cells} cells, ${done} runs` : `${done} of ${cells * map.seeds} runs`}
        {map.status === 'stopped' && ', stopped'}
      </span>
      {map.status === 'training' && (
        <button type="button" onClick={onStop}>
          Stop
        </button>
      )}
      {map.status === 'stopped' && (
        <button type="button" onClick={onResume}>
          Go on
        </button>
      )}
    </p>
  )
}

interface PictureProps {
  map: MapTraining
  spec: ExperimentSpec
  shown: Shown
  view: MapView
  onOpen: (address: string) => void
}

/** The picture with its readout, the sentence about the best cells, and the table. */
function MapPicture({ map, spec, shown, view, onOpen }: PictureProps) {
  const { color, target } = view
  const { grid, runs } = map
  const { fields } = grid
  const cells = useMemo(() => mapResults({ grid, runs }), [grid, runs])
  const best = useMemo(() => bestResults(cells, grid, { color, target }), [cells, grid, color, target])
  const quantity = useMemo(() => mapQuantity({ color, target }), [color, target])
  // Where the cursor of the curves is does not matter to the links, and may change with every frame.
  const { epoch: _, update: __, ...rested } = shown
  const address = writeAddress(spec, rested)
  const hrefOf = useMemo(() => {
    // The results change with every run, and their links do not.
    const known = new Map<ExperimentSpec, string>()
    return ({ spec: cell }: ExperimentResult) => {
      const values = Object.fromEntries(fields.map((field) => [field, cell[field]]))
      const href = known.get(cell) ?? writeAddress(specWith(spec, values) ?? cell, rested)
      known.set(cell, href)
      return href
    }
    // oxlint-disable-next-line react/exhaustive-deps -- the address says all of it
  }, [fields, address])
  const current = cells.results.find((result) => fields.every((field) => result.spec[field] === spec[field]))
  const drawing = useMemo(
    () => mapDrawing(cells, fields, quantity, { outlined: best.outlined, current, hrefOf }),
    [cells, fields, quantity, best, current, hrefOf],
  )
  const ref = useRef<HTMLElement>(null)
  if (!drawing) return null
  return (
    <>
      <p class="map-sentence" role="status">
        {map.status === 'training' ? '' : best.sentence}
      </p>
      <figure class="map-picture" ref={ref}>
        <Explored
          kind={markedMap}
          drawing={drawing}
          name="cell"
          onChoose={(stop) => {
            // The links are in the order of the cursor's stops.
            const href = ref.current?.querySelectorAll('svg a')[stop]?.getAttribute('href')
            if (href) onOpen(href)
          }}
        >
          {(reading) => (
            <p class="readout-line">
              {reading?.all ?? 'Point at a cell, or move the cursor; a click or Enter selects it.'}
            </p>
          )}
        </Explored>
        <figcaption>
          {best.outlined.size > 0 && 'Outlined: what cannot be told apart from the best. '}
          {current
            ? 'The ring: the present settings.'
            : `The present ${fields.map((field) => `${fieldInWords(field)} ${spec[field]}`).join(' and ')} lies between the cells.`}
        </figcaption>
      </figure>
      {fields.length === 1 && <SweepPicture map={map} results={cells.results} />}
      <MapTable cells={cells} varied={fields} view={view} hasChurn={map.hasChurn} hrefOf={hrefOf} />
    </>
  )
}

/** Test accuracy and instability of each value, with the middle 80 % of its runs. */
function SweepPicture({ map, results }: { map: MapTraining; results: readonly ExperimentResult[] }) {
  const [first, ...rest] = results.filter(({ summary }) => summary.runs > 0)
  const drawing = useMemo(
    () =>
      first && { results: [first, ...rest] as const, varied: map.grid.fields, view: completeView(), references: [] },
    // oxlint-disable-next-line react/exhaustive-deps -- of the results, whose array changes with them
    [results, map.grid.fields],
  )
  if (!drawing) return null
  return (
    <figure class="map-picture">
      <Explored kind={sweep} drawing={drawing} name="value">
        {(reading) => <p class="readout-line">{reading?.all ?? takeawayOfSweep(drawing.results, drawing.varied)}</p>}
      </Explored>
    </figure>
  )
}
