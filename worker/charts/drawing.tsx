/**
 * The table of all charts and the functions that draw, measure and explore them by name, for the build, the Worker and
 * the browser.
 */
import type { Frame, Size } from './axes/frame.tsx'
import type { ChartType, Subject } from './chart-type.ts'
import type { Explorer } from './explorer.ts'
import confusion from './types/confusion.tsx'
import dataset from './types/dataset.tsx'
import decisionBoundary from './types/decision-boundary.tsx'
import gradientNoise from './types/gradient-noise.tsx'
import histogram from './types/histogram.tsx'
import instability from './types/instability.tsx'
import learningCurves from './types/learning-curves.tsx'
import map from './types/map.tsx'
import restless from './types/restless.tsx'
import scatter from './types/scatter.tsx'
import smallMultiples from './types/small-multiples.tsx'
import sweep from './types/sweep.tsx'

/** Every chart type by its name in addresses. */
const kinds = {
  'learning-curves': learningCurves,
  dataset,
  'decision-boundary': decisionBoundary,
  'small-multiples': smallMultiples,
  sweep,
  map,
  instability,
  'gradient-noise': gradientNoise,
  scatter,
  confusion,
  restless,
  histogram,
} satisfies Record<string, ChartType>

export type ChartName = keyof typeof kinds
export const chartNames = Object.keys(kinds) as ChartName[]

/** A chart's name with the data that it is drawn from. */
export interface Drawing extends Subject {
  chart: ChartName
}

/** The type of a chart. */
export function chartTypeOf(chart: ChartName): ChartType {
  return kinds[chart]
}

/** The preferred height of a chart at a width. */
export function heightOf(drawing: Drawing, width: number): number {
  return chartTypeOf(drawing.chart).height(drawing, width)
}

/** Draws a chart. */
export function ChartOf({ drawing, ...frame }: Frame & { drawing: Drawing }) {
  return chartTypeOf(drawing.chart).draw(drawing, frame)
}

/** The explorer of a chart drawn at a size. */
export function explorerOf(drawing: Drawing, size: Size): Explorer {
  return chartTypeOf(drawing.chart).explore(drawing, size)
}

/** Describes what a chart shows, in a sentence or two. */
export function takeawayOf(drawing: Drawing): string {
  return chartTypeOf(drawing.chart).takeaway(drawing)
}
