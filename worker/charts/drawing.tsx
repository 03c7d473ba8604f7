/**
 * A chart by its name: what it needs, how large it is, what draws it and how it is explored. Whoever shows charts, at
 * build time, in the Worker or in the browser, goes through here.
 */
import type { VNode } from 'preact'

import type { Boundary } from '#experiment/boundary.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { exploreCurves } from './curves-cursor.tsx'
import { DatasetChart } from './dataset.tsx'
import { DecisionBoundary } from './decision-boundary.tsx'
import type { Explorer } from './explorer.ts'
import type { Frame, Size } from './frame.tsx'
import { LearningCurves } from './learning-curves.tsx'
import { multiplesHeight, panelGrid, singlePanel, wide } from './panels.ts'
import { explorePoints, partOf, planeHeight, planeOf } from './plane.ts'
import type { Reference } from './references.tsx'
import { SmallMultiples } from './small-multiples.tsx'
import { exploreSweep, sweepPanels } from './sweep-panels.ts'
import { Sweep } from './sweep.tsx'
import { takeawayOfBoundary, takeawayOfCurves, takeawayOfDataset, takeawayOfSweep } from './takeaways.ts'
import type { View } from './view.ts'

/** The charts that there are. */
export type ChartName = 'learning-curves' | 'small-multiples' | 'dataset' | 'decision-boundary' | 'sweep'

/** What a chart is drawn from. */
export interface Drawing {
  chart: ChartName
  /** One or more; small multiples and sweeps show all, the others the first. */
  results: readonly [ExperimentResult, ...ExperimentResult[]]
  view: View
  references: readonly Reference[]
  /** The points, for charts of the plane. */
  data?: LabeledPoints | undefined
  boundary?: Boundary | undefined
}

/** What is particular to a chart. */
interface Kind {
  /** The height that suits it at a width. */
  height: (drawing: Drawing, width: number) => number
  draw: (drawing: Drawing, frame: Frame) => VNode
  explore: (drawing: Drawing, size: Size) => Explorer
  takeaway: (drawing: Drawing) => string
}

const isWide = (width: number) => width >= wide

const kinds: Record<ChartName, Kind> = {
  'learning-curves': {
    height: (_, width) => Math.round(width * (isWide(width) ? 0.56 : 0.88)),
    draw: ({ results: [result], view, references }, frame) => (
      <LearningCurves result={result} view={view} references={references} {...frame} />
    ),
    explore: ({ results: [result], view }, size) => exploreCurves([singlePanel(result, view, size)], view),
    takeaway: ({ results: [result] }) => takeawayOfCurves(result),
  },
  'small-multiples': {
    height: ({ results }, width) => multiplesHeight(width, results.length),
    draw: ({ results, view, references }, frame) => (
      <SmallMultiples results={results} view={view} references={references} {...frame} />
    ),
    explore: ({ results, view }, size) => exploreCurves(panelGrid(results, view, size), view),
    takeaway: ({ results }) => takeawayOfSweep(results),
  },
  sweep: {
    height: (_, width) => Math.round(width * (isWide(width) ? 0.5 : 1.45)),
    draw: ({ results, references }, frame) => <Sweep results={results} references={references} {...frame} />,
    explore: ({ results }, size) => exploreSweep(results, sweepPanels(results, size)),
    takeaway: ({ results }) => takeawayOfSweep(results),
  },
  dataset: {
    height: ({ data }, width) => planeHeight(partOf(present(data)), width),
    draw: ({ results: [{ spec }], data, references }, frame) => (
      <DatasetChart spec={spec} data={present(data)} references={references} {...frame} />
    ),
    explore: ({ data }, size) => explorePoints(planeOf(partOf(present(data)), size), present(data)),
    takeaway: ({ data, references }) => takeawayOfDataset(present(data), references),
  },
  'decision-boundary': {
    height: ({ boundary }, width) => planeHeight(present(boundary).extent, width),
    draw: ({ results: [result], data, boundary }, frame) => (
      <DecisionBoundary result={result} data={present(data)} boundary={present(boundary)} {...frame} />
    ),
    explore: ({ data, boundary }, size) => explorePoints(planeOf(present(boundary).extent, size), present(data)),
    takeaway: ({ results: [result], boundary }) => takeawayOfBoundary(result, present(boundary)),
  },
}

/** The height that suits a chart at a width. */
export function heightOf(drawing: Drawing, width: number): number {
  return kinds[drawing.chart].height(drawing, width)
}

/** Draws a chart. */
export function ChartOf({ drawing, ...frame }: Frame & { drawing: Drawing }) {
  return kinds[drawing.chart].draw(drawing, frame)
}

/** What its cursor can do, drawn at a size. */
export function explorerOf(drawing: Drawing, size: Size): Explorer {
  return kinds[drawing.chart].explore(drawing, size)
}

/** What it shows, in a sentence or two. */
export function takeawayOf(drawing: Drawing): string {
  return kinds[drawing.chart].takeaway(drawing)
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a chart of the plane needs its points and regions')
  return value
}
