/** The panel with the noise of the gradient over the first run. What measures and draws it is loaded when it is opened. */
import type { NoiseProps } from './noise-panel.tsx'
import { OnDemand } from './on-demand.tsx'

const load = async () => (await import('./noise-panel.tsx')).NoisePanel

export function NoiseOnDemand({ result }: NoiseProps) {
  return (
    <div class="noise-meter">
      {result.spec.engine === 'fused' ? (
        <OnDemand load={load} props={{ result }} waiting="Measuring …" name="The meter" />
      ) : (
        <p>Only the engine fused measures it.</p>
      )}
    </div>
  )
}
