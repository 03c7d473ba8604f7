/** The map of some settings, trained in the browser while it is shown. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { specGrid, specWith, type SpecGrid } from '#experiment/spec/varied-values.ts'
import type { MapView } from '#playground-view/map-view.ts'

import { createBackgroundTrainer } from '../trainer/trainer.ts'
import { LiveMap, type MapTraining } from './live-map.ts'

/** A map as it stands, and what can be done with it. */
export interface ShownMap {
  /** As far as it is trained; that of the settings before, until there is one of these. */
  map: MapTraining | undefined
  /** Why there is none of these settings. */
  refusal: string | undefined
  stop: () => void
  resume: () => void
}

export function useMap(spec: ExperimentSpec, { vary, ranges, seeds, color }: MapView): ShownMap {
  const [map, setMap] = useState<MapTraining>()
  const [failure, setFailure] = useState<string>()
  const liveRef = useRef<LiveMap | undefined>(undefined)
  const asked = useGrid(spec, { vary, ranges, seeds })
  const grid = typeof asked === 'object' ? asked : undefined
  const hasChurn = color === 'churn'
  useEffect(() => {
    if (!grid) return
    liveRef.current ??= new LiveMap(createBackgroundTrainer(), { onUpdate: setMap, onFailure: setFailure })
    liveRef.current.show(grid, seeds, hasChurn)
  }, [grid, seeds, hasChurn])
  // What is not shown is not trained.
  useEffect(() => () => liveRef.current?.cancel(), [])
  const refusal = typeof asked === 'string' ? asked : failure && `This browser does not train a map: ${failure}.`
  return { map, refusal, stop: () => liveRef.current?.stop(), resume: () => liveRef.current?.resume() }
}

/** What decides the experiments of a map, besides the settings. */
type AskedMap = Pick<MapView, 'vary' | 'ranges' | 'seeds'>

/** The experiments of a map, the same object as long as they are the same; or why there are none. */
function useGrid(spec: ExperimentSpec, asked: AskedMap): SpecGrid | string {
  const { vary, ranges, seeds } = asked
  const key = JSON.stringify([
    vary,
    ranges,
    seeds,
    { ...spec, seeds, ...Object.fromEntries(vary.map((field) => [field, 0])) },
  ])
  // What the varied settings are now changes nothing.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => gridOf(spec, asked), [key])
}

function gridOf(spec: ExperimentSpec, { vary, ranges, seeds }: AskedMap): SpecGrid | string {
  if (vary.length === 0) return 'Choose a setting that varies.'
  if (spec.engine !== 'fused') return 'Only the engine fused trains a map in the browser.'
  const cell = specWith(spec, { seeds })
  if (!cell) return `${seeds} seeds do not go with these settings.`
  const grid = specGrid(cell, vary, ranges)
  return grid.specs.some((one) => one !== undefined) ? grid : 'The settings that vary have no effect here.'
}
