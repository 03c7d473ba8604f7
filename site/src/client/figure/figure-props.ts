/**
 * The properties of a figure, which the build writes into the page as JSON for the island: its chart, its view, its
 * experiments with their fingerprints, and the sizes of its drawings.
 */
import type { Size } from '#charts/axes/frame.tsx'
import type { ChartType } from '#charts/chart-type.ts'
import type { ChartName } from '#charts/drawing.tsx'
import type { View } from '#charts/view.ts'
import type { Reference } from '#experiment/result/reference-accuracy.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

/** One experiment of a figure. */
interface FigureExperiment {
  /** Its name among the others, in words; empty where it is alone. */
  name: string
  /** The query of its permalink, without the question mark. */
  query: string
  /** The first 16 hex digits of the fingerprint of what was built. */
  fingerprint: string
  seeds: number
}

/** The size of a drawing, and the room from which on it is shown. */
interface DrawnSize extends Size {
  from: number
}

/**
 * All properties of a figure; what its chart needs and which switches change it, too, since the chart itself is fetched
 * later.
 */
export interface FigureProps extends Pick<ChartType, 'needs' | 'switches'> {
  chart: ChartName
  view: View
  experiments: FigureExperiment[]
  /** The fields in which they vary. */
  varied: SpecField[]
  /** The version of the engine that trained at build time. */
  engine: string
  references: Reference[]
  /** From narrow to wide. */
  sizes: DrawnSize[]
  /** The query of the figure's chart as a file. */
  chartQuery: string
  /** How many places its cursor can be at, as far as is known before its data came. */
  stops: number
}
