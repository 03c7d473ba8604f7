/** The panel with the experiments that were looked at. What lists them is loaded when it is opened. */
import { OnDemand } from './on-demand.tsx'
import type { RunsPanelProps } from './runs-panel.tsx'

const load = async () => (await import('./runs-panel.tsx')).RunsPanel

export function RunsOnDemand(props: RunsPanelProps) {
  return <OnDemand load={load} props={props} waiting="Loading …" name="The list" />
}
