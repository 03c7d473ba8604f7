/** The panel with one update in slow motion. What computes and draws it is loaded when it is opened. */
import { OnDemand } from './on-demand.tsx'
import type { SlowMotionProps } from './slow-motion-panel.tsx'

const load = async () => (await import('./slow-motion-panel.tsx')).SlowMotionPanel

export function SlowMotion(props: SlowMotionProps) {
  return (
    <div class="slow-motion">
      {props.result.spec.engine === 'fused' ? (
        <OnDemand load={load} props={props} waiting="Computing the update …" name="Slow motion" />
      ) : (
        <p>Only the engine fused can be stopped between two updates.</p>
      )}
    </div>
  )
}
