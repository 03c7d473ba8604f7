/**
 * The charts of figures. Each is a script of its own: a page fetches those that it shows.
 */
import type { ChartName } from '#charts/drawing.tsx'
import type { Kind } from '#charts/kind.ts'

const kinds: Readonly<Record<ChartName, () => Promise<Kind>>> = {
  'learning-curves': async () => (await import('#charts/learning-curves.tsx')).learningCurves,
  dataset: async () => (await import('#charts/dataset.tsx')).dataset,
  'decision-boundary': async () => (await import('#charts/decision-boundary.tsx')).decisionBoundary,
  'small-multiples': async () => (await import('#charts/small-multiples.tsx')).smallMultiples,
  sweep: async () => (await import('#charts/sweep.tsx')).sweep,
  map: async () => (await import('#charts/map.tsx')).map,
  instability: async () => (await import('#charts/instability.tsx')).instability,
  'gradient-noise': async () => (await import('#charts/gradient-noise.tsx')).gradientNoise,
}

/** Fetches what is particular to a chart. */
export const loadKind = (chart: ChartName): Promise<Kind> => kinds[chart]()
