/** The panel with the map. What trains and draws it is loaded when it is opened. */
import type { MapPanelProps } from '../map/MapPanel.tsx'
import { OnDemand } from './on-demand.tsx'

const load = async () => (await import('../map/MapPanel.tsx')).MapPanel

export function MapOnDemand(props: MapPanelProps) {
  return <OnDemand load={load} props={props} waiting="Loading …" name="The map" />
}
