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
    // With a drawer open, it scrolls and holds nothing else that takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus it cannot be scrolled by keys
    <figure class="instrument-boundary instrument-predictions" aria-label="Predictions of the test half" tabIndex={0}>
      {canPredict && summary.runs > 0 && (
        <OnDemand load={load} props={{ trainer, drawing }} waiting="Loading …" name="The predictions" />
      )}
      {!canPredict && <p>The predictions of the test half are shown where the browser trains with the engine fused.</p>}
    </figure>
  )
}
