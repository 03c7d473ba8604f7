/**
 * The tinted background of a run's enlarged last quarter, and its instability. Its axis is shared by all figures, so
 * that calm and restless runs are easy to tell apart.
 */
import type { Area, Panel } from '../axes/curve-panels.ts'
import { round } from '../axes/frame.tsx'
import { decimal, digitsOf } from '../text/format.ts'
import type { View } from '../view.ts'
import { panelLayers } from './curve-parts.ts'

/** Marks the enlarged part in the area of whole runs. */
export function Zone({ whole, detail }: { whole: Area; detail: Area }) {
  const [left, right] = [whole.x(detail.x.domain()[0]), whole.box.right]
  const [bottom, top] = detail.y.domain().map((value) => whole.y(value)) as [number, number]
  return <Tinted left={left} right={right} top={top} bottom={bottom} />
}

/** The background of an enlarged area. */
export function Tinted({ left, right, top, bottom }: Area['box']) {
  return <rect class="zone" x={round(left)} y={round(top)} width={round(right - left)} height={round(bottom - top)} />
}

/** The instability as text, `instability 0.0216` or `instability A 0.0216, B 0.0043`, if accuracies are shown. */
export function instabilityInWords(panel: Pick<Panel, 'result' | 'isSmall' | 'compared'>, view: View): string {
  if (view.metric !== 'accuracy') return ''
  const value = ({ summary }: Panel['result']) => decimal(summary.instability.mean, digitsOf.instability)
  if (!panel.compared) return `instability ${value(panel.result)}`
  const each = panelLayers(panel, view, 'detail').map(({ label, result }) => `${label} ${value(result)}`)
  return `instability ${each.join(', ')}`
}
