/**
 * The fold with the noise of the gradient over the first run. What measures and draws it is loaded when it is opened.
 */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import type { NoiseProps } from './noise-panel.tsx'

export function NoiseOnDemand({ result }: NoiseProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="noise-meter" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Noise of the gradient</summary>
      {isOpen &&
        (result.spec.engine === 'fused' ? <Fetched result={result} /> : <p>Only the engine fused measures it.</p>)}
    </details>
  )
}

/** What is fetched when the meter is opened: few readers do. */
function Fetched({ result }: NoiseProps) {
  const [fetched, setFetched] = useState<{ NoisePanel?: ComponentType<NoiseProps> }>()
  useEffect(() => {
    import('./noise-panel.tsx').then(setFetched, () => setFetched({}))
  }, [])
  if (!fetched) return <p>Measuring …</p>
  const { NoisePanel } = fetched
  return NoisePanel ? (
    <NoisePanel result={result} />
  ) : (
    <p>The meter could not be fetched. Load the page again to see it.</p>
  )
}
