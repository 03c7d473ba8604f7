/**
 * The noise of the gradient over the first run. What measures and draws it is loaded when it is shown.
 */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import type { NoiseProps } from './noise-panel.tsx'

export function NoiseOnDemand({ result }: NoiseProps) {
  return (
    <div class="noise-meter">
      {result.spec.engine === 'fused' ? <Fetched result={result} /> : <p>Only the engine fused measures it.</p>}
    </div>
  )
}

/** What is fetched when the meter is shown: few readers ask for it. */
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
