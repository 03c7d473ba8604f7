/** The panel with the view of the network. What computes and draws it is loaded when it is opened. */
import type { NetworkViewProps } from './network-view.tsx'
import { OnDemand } from './on-demand.tsx'

const load = async () => (await import('./network-view.tsx')).NetworkPanel

export function NetworkOnDemand(props: NetworkViewProps) {
  return (
    <div class="network-view">
      {props.result.spec.engine === 'fused' ? (
        <OnDemand load={load} props={props} waiting="Computing the network …" name="The view of the network" />
      ) : (
        <p>Only the engine fused can be stopped to look at its network.</p>
      )}
    </div>
  )
}
