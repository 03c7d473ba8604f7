/**
 * The last quarter of a run, enlarged on an axis that all figures share: calm and restless look different at once.
 */
import type { Area, Panel } from '../axes/curve-panels.ts'
import { round } from '../axes/frame.tsx'
import { decimal, digitsOf } from '../text/format.ts'
import type { View } from '../view.ts'

/** Marks in the whole runs what the last quarter enlarges. */
export function Zone({ whole, detail }: { whole: Area; detail: Area }) {
  const [left, right] = [whole.x(detail.x.domain()[0]), whole.box.right]
  const [bottom, top] = detail.y.domain().map((value) => whole.y(value)) as [number, number]
  return <Tinted left={left} right={right} top={top} bottom={bottom} />
}

/** The ground of an area that is enlarged. */
export function Tinted({ left, right, top, bottom }: Area['box']) {
  return <rect class="zone" x={round(left)} y={round(top)} width={round(right - left)} height={round(bottom - top)} />
}

/** What the last quarter is measured by: `instability 0.0216`, where accuracies are shown. */
export function instabilityInWords({ result }: Pick<Panel, 'result'>, { metric }: View): string {
  return metric === 'accuracy' ? `instability ${decimal(result.summary.instability.mean, digitsOf.instability)}` : ''
}
