/**
 * The fold with the map. What trains and draws it is loaded when a setting is first varied, or the fold is opened.
 */
import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

import type { MapPanelProps } from '../map/MapPanel.tsx'

export function MapOnDemand(props: MapPanelProps) {
  const isVaried = (props.shown.map?.vary.length ?? 0) > 0
  const [isOpen, setOpen] = useState(isVaried)
  const ref = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (isVaried && ref.current) ref.current.open = true
  }, [isVaried])
  return (
    <details class="map-fold" ref={ref} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Map of one or two settings</summary>
      {isOpen && <Fetched {...props} />}
    </details>
  )
}

function Fetched(props: MapPanelProps) {
  const [fetched, setFetched] = useState<{ MapPanel?: ComponentType<MapPanelProps> }>()
  useEffect(() => {
    import('../map/MapPanel.tsx').then(setFetched, () => setFetched({}))
  }, [])
  if (!fetched) return <p>Loading …</p>
  const { MapPanel } = fetched
  return MapPanel ? <MapPanel {...props} /> : <p>The map could not be fetched. Load the page again to see it.</p>
}
