/**
 * Loads the code of a figure's chart. Each chart is a script of its own: a page fetches those that it shows.
 */
import type { ChartType } from '#charts/chart-type.ts'
import type { ChartName } from '#charts/drawing.tsx'

const charts: Readonly<Record<ChartName, () => Promise<ChartType>>> = {
  'learning-curves': async () => (await import('#charts/types/learning-curves.tsx')).learningCurves,
  dataset: async () => (await import('#charts/types/dataset.tsx')).dataset,
  'decision-boundary': async () => (await import('#charts/types/decision-boundary.tsx')).decisionBoundary,
  'small-multiples': async () => (await import('#charts/types/small-multiples.tsx')).smallMultiples,
  sweep: async () => (await import('#charts/types/sweep.tsx')).sweep,
  map: async () => (await import('#charts/types/map.tsx')).map,
  instability: async () => (await import('#charts/types/instability.tsx')).instability,
  'gradient-noise': async () => (await import('#charts/types/gradient-noise.tsx')).gradientNoise,
}

/** Fetches what is particular to a chart. */
export const loadChartType = (chart: ChartName): Promise<ChartType> => charts[chart]()
