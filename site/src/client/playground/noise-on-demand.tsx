/**
 * The fold with the noise of the gradient over the first run. What measures and draws it is loaded when it is opened.
 */
import { useState } from 'preact/hooks'

import type { NoiseProps } from './noise-panel.tsx'
import { OnDemand } from './on-demand.tsx'

const load = async () => (await import('./noise-panel.tsx')).NoisePanel

export function NoiseOnDemand({ result }: NoiseProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="noise-meter" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Noise of the gradient</summary>
      {isOpen &&
        (result.spec.engine === 'fused' ? (
          <OnDemand load={load} props={{ result }} waiting="Measuring …" name="The meter" />
        ) : (
          <p>Only the engine fused measures it.</p>
        ))}
    </details>
  )
}
