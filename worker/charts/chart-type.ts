/**
 * The interface of a chart type. Each chart is a file that exports one `ChartType`, and the table in drawing.tsx has a
 * row for it. The Worker, its API document, the site's build and the browser all use that table.
 */
import type { VNode } from 'preact'

import type { Boundary } from '#experiment/result/boundary.ts'
import type { Churn } from '#experiment/result/churn.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import type { Reference } from '#experiment/result/reference-accuracy.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import type { Axes } from './axes/curve-scales.ts'
import type { Frame, Size } from './axes/frame.tsx'
import type { LabeledExamples } from './axes/labeled-examples.ts'
import type { Explorer } from './explorer.ts'
import type { Side } from './sides.ts'
import type { View } from './view.ts'

/** The data that a chart is drawn from. */
export interface Subject {
  /** One or more. */
  results: readonly [ExperimentResult, ...ExperimentResult[]]
  /** The fields that vary between results; the first is on the horizontal axis of a sweep. */
  varied: readonly SpecField[]
  view: View
  references: readonly Reference[]
  /** The experiment that the first result is compared with: the test curves of both are drawn with equal weight. */
  pinned?: ExperimentResult | undefined
  /** The side of the comparison that the first result is on; B if it is not given. */
  side?: Side | undefined
  /** The same experiment trained by stock TensorFlow.js, drawn thin, gray and dashed behind the curves. */
  stock?: ExperimentResult | undefined
  /** Axes that stay still while a setting moves; by default those that fit the results. */
  axes?: Axes | undefined
  /** The examples of the dataset. */
  data?: LabeledExamples | undefined
  boundary?: Boundary | undefined
  noise?: GradientNoise | undefined
  churn?: Churn | undefined
}

/**
 * The data that a chart may need: trained experiments, the histories of their runs, the dataset, and the decision
 * boundary, gradient noise or churn of the first run.
 */
type Need = 'training' | 'histories' | 'data' | 'boundary' | 'noise' | 'churn'

/** A type of chart. */
export interface ChartType {
  /** Its summary in the API's document. */
  summary: string
  /** The query of a good example. */
  example: string
  /** Whether it shows several experiments side by side, rather than only the first. */
  isOfSeveral: boolean
  /** The most experiments that it can show, if not the default. */
  most?: number
  /** Whether it can compare the experiment with another one, which a query gives as `pin`. */
  isComparing?: boolean
  /** Whether it links to experiments. In a file, links are absolute, with the origin that it is served from. */
  hasLinks?: boolean
  needs: readonly Need[]
  /** The keys of the view that affect it. */
  switches: readonly (keyof View)[]
  /** Its preferred height at a width. */
  height: (subject: Subject, width: number) => number
  draw: (subject: Subject, frame: Frame) => VNode
  explore: (subject: Subject, size: Size) => Explorer
  /** Describes what it shows, in a sentence or two. */
  takeaway: (subject: Subject) => string
}

/** Whether a chart needs any training. */
export function isTrained({ needs }: Pick<ChartType, 'needs'>): boolean {
  return needs.some((need) => need !== 'data')
}

/**
 * Asserts that a value is present which the chart declared in `needs`.
 *
 * @throws Error if it is missing
 */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a chart was not given what it needs')
  return value
}
