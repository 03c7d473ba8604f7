/**
 * What the first run predicts, in the place of the plane for data of more than two features. What draws it is loaded
 * when such data are first chosen.
 */
import { OnDemand } from './on-demand.tsx'
import type { PredictionsProps } from './predictions-panel.tsx'

const load = async () => (await import('./predictions-panel.tsx')).PredictionsPanel

interface PredictionsOnDemandProps extends Pick<PredictionsProps, 'drawing'> {
  /** Undefined where the browser cannot train. */
  trainer: PredictionsProps['trainer'] | undefined
}

export function PredictionsOnDemand({ trainer, drawing }: PredictionsOnDemandProps) {
  const { spec, summary } = drawing.results[0]
  const canPredict = trainer !== undefined && spec.engine === 'fused'
  return (
    <figure class="instrument-boundary instrument-predictions">
      {canPredict && summary.runs > 0 && (
        <OnDemand load={load} props={{ trainer, drawing }} waiting="Loading …" name="The predictions" />
      )}
      {!canPredict && <p>The predictions of the test half are shown where the browser trains with the engine fused.</p>}
    </figure>
  )
}
