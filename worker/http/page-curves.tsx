/**
 * The learning curves in the pages that the Worker fills: drawn for several widths, as the site's own figures are.
 */
import { completeView } from '#charts/view.ts'
import { Drawings, type Width } from '#charts/widths.tsx'
import { referencesOf } from '#dataset/references.ts'
import type { ExperimentResult } from '#experiment/result.ts'

const widths: readonly Width[] = [328, 440, 640]

/** The picture of a result, of which the page shows the widest drawing that fits. */
export function PageCurves({ result }: { result: ExperimentResult }) {
  const drawing = {
    chart: 'learning-curves',
    results: [result],
    varied: [],
    view: completeView(),
    references: referencesOf([result.spec]),
  } as const
  return (
    <div class="figure-picture">
      <Drawings drawing={drawing} widths={widths} />
    </div>
  )
}
