/**
 * Loads the charts of figures. Each chart is a script of its own, so a page fetches only those that it shows: the file of
 * a chart in `worker/charts/types/` has the chart's name, and its default export is the chart's type.
 */
/// <reference types="vite/types/importMeta.d.ts" />
import type { ChartType } from '#charts/chart-type.ts'
import type { ChartName } from '#charts/drawing.tsx'

const folder = '../../../../worker/charts/types'
/** By path: every file but those that hold parts of charts. */
const loaders = import.meta.glob<ChartType>(
  ['../../../../worker/charts/types/*.tsx', '!**/map-marks.tsx', '!**/differences.tsx'],
  { import: 'default' },
)

/** Fetches the type of a chart. */
export async function loadChartType(chart: ChartName): Promise<ChartType> {
  const load = loaders[`${folder}/${chart}.tsx`]
  if (!load) throw new Error(`no file has the chart ${chart}`)
  return load()
}
