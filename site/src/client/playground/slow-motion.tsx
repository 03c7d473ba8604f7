/** The fold with one update in slow motion. What computes and draws it is loaded when it is opened. */
import { useState } from 'preact/hooks'

import { OnDemand } from './on-demand.tsx'
import type { SlowMotionProps } from './slow-motion-panel.tsx'

const load = async () => (await import('./slow-motion-panel.tsx')).SlowMotionPanel

export function SlowMotion(props: SlowMotionProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="slow-motion" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>One update in slow motion</summary>
      {isOpen &&
        (props.result.spec.engine === 'fused' ? (
          <OnDemand load={load} props={props} waiting="Computing the update …" name="Slow motion" />
        ) : (
          <p>Only the engine fused can be stopped between two updates.</p>
        ))}
    </details>
  )
}
