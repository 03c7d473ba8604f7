/**
 * What there is to know of a chart. Each chart is a file that exports its kind; the table in drawing.tsx has a row for
 * it, and whoever shows charts asks the table: the Worker, its document, the site's build and the browser.
 */
import type { VNode } from 'preact'

import type { Boundary } from '#experiment/result/boundary.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'
import type { Reference } from '#experiment/result/reference-accuracy.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import type { Axes } from './axes/curve-scales.ts'
import type { Frame, Size } from './axes/frame.tsx'
import type { Explorer } from './explorer.ts'
import type { View } from './view.ts'

/** What a chart is drawn from. */
export interface Subject {
  /** One or more. */
  results: readonly [ExperimentResult, ...ExperimentResult[]]
  /** The fields in which they vary; the first is on the horizontal axis of a sweep. */
  varied: readonly SpecField[]
  view: View
  references: readonly Reference[]
  /** The experiment that the first is compared with: thin and gray behind its curves. */
  pinned?: ExperimentResult | undefined
  /** The same experiment by stock TensorFlow.js: thin, gray and dashed behind the curves. */
  stock?: ExperimentResult | undefined
  /** Axes of curves that hold still while a setting moves; those that suit what is shown, where there are none. */
  axes?: Axes | undefined
  /** The points, for charts of the plane. */
  data?: LabeledPoints | undefined
  boundary?: Boundary | undefined
  noise?: GradientNoise | undefined
}

/**
 * What a chart may need: experiments that are trained, the histories of their runs, the points; of the first run the
 * boundary, or the noise of its gradients.
 */
type Need = 'training' | 'histories' | 'data' | 'boundary' | 'noise'

/** What is particular to a chart. */
export interface ChartType {
  /** What it shows, in a line of the API's document. */
  summary: string
  /** The query of a good example. */
  example: string
  /** Whether it shows several experiments side by side, or the first alone. */
  isOfSeveral: boolean
  /** How many it can show, where that is not what most charts of several can. */
  most?: number
  /** It has links to experiments; a file has them in full, with the origin that it is served from. */
  hasLinks?: boolean
  needs: readonly Need[]
  /** What of a view changes it. */
  switches: readonly (keyof View)[]
  /** The height that suits it at a width. */
  height: (subject: Subject, width: number) => number
  draw: (subject: Subject, frame: Frame) => VNode
  explore: (subject: Subject, size: Size) => Explorer
  /** What it shows, in a sentence or two. */
  takeaway: (subject: Subject) => string
}

/** Whether anything has to be trained for a chart. */
export function isTrained({ needs }: Pick<ChartType, 'needs'>): boolean {
  return needs.some((need) => need !== 'data')
}

/** What a chart said that it needs. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a chart was not given what it needs')
  return value
}
