/**
 * The layout of learning curves: areas with their scales, for a single result and for a grid of small panels. Drawing
 * and cursor use the same layout.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import { firstOfDetail, isDetailed, type CurvePart } from '../marks/curve-parts.ts'
import type { Side } from '../sides.ts'
import type { View } from '../view.ts'
import { detailScale, horizontalScale, verticalScale, type Axes } from './curve-scales.ts'
import type { Box, Size } from './frame.tsx'
import type { Scale } from './scale.ts'

/** A part of a result's runs: the box in which it is drawn, and its scales. */
export interface Area {
  part: CurvePart
  box: Box
  x: Scale
  y: Scale
  /** The first epoch shown, counted from 1. */
  from: number
}

/** The side of a result in a comparison, and the experiment on the other side. */
interface ComparedPair {
  side: Side
  other: ExperimentResult
}

/** The layout of one result in a chart. */
export interface Panel {
  result: ExperimentResult
  /** The experiment that the result is compared with, and the side that the result is on. */
  compared?: ComparedPair | undefined
  whole: Area
  /** The enlarged last quarter; undefined if there are too few epochs. */
  detail: Area | undefined
  /** Whether it is one of several panels. */
  isSmall: boolean
  /** Whether it shows the tick labels of the vertical axis. */
  isFirstOfRow: boolean
  /** Whether it shows the tick labels of the horizontal axis. */
  isLastOfColumn: boolean
  /** Whether it is low for its width, so that only the last quarter has a title of the horizontal axis. */
  isLow: boolean
}

/** The width in pixels from which a chart is laid out for a wide screen. */
export const wide = 600

/** The panel of a result with scales for its boxes. */
function panelOf(
  result: ExperimentResult,
  view: View,
  axes: Axes,
  boxes: { whole: Box; detail: Box | undefined },
  flags: Pick<Panel, 'isSmall' | 'isFirstOfRow' | 'isLastOfColumn' | 'isLow'>,
): Panel {
  const { whole, detail } = boxes
  return {
    result,
    whole: {
      part: 'whole',
      box: whole,
      x: horizontalScale(axes, whole),
      y: verticalScale(axes.whole, view, whole),
      from: 1,
    },
    detail: detail && {
      part: 'detail',
      box: detail,
      x: detailScale(result, view, detail),
      y: verticalScale(axes.detail, view, detail),
      from: firstOfDetail(result.spec),
    },
    ...flags,
  }
}

/** Space around the areas of a single result: for ticks, titles, and the names at the ends of lines. */
const single = { left: 40, top: 52, right: 48, bottom: 44, between: { across: 50, down: 96 } }
/** The same if both parts are stacked and the drawing is hardly higher than wide. */
const low = { share: 1.2, top: 30, down: 78 }
/** The share of the space that the whole runs get, next to or above their last quarter. */
const wholeShare = { across: 0.54, down: 0.46 }
/** In a drawing lower than this, in pixels, only the whole runs are shown. */
const leastHeight = 180
/** In a drawing lower than this, both parts are not stacked: they are next to each other if it is wide enough. */
const leastStacked = 280
const leastAcross = 420

/** The preferred height of a single result. */
export function singleHeight(result: ExperimentResult, width: number): number {
  if (width >= wide) return Math.round(width * 0.5)
  return Math.round(isDetailed(result) ? width * 1.3 : width * 0.88)
}

/** The panel of a single result: whole runs and, next to them or below if the drawing is high, their last quarter. */
export function singlePanel(result: ExperimentResult, view: View, axes: Axes, { width, height }: Size): Panel {
  const space = { left: single.left, top: single.top, right: width - single.right, bottom: height - single.bottom }
  const flags = { isSmall: false, isFirstOfRow: true, isLastOfColumn: true, isLow: false }
  if (!isDetailed(result) || height < leastHeight)
    return panelOf(result, view, axes, { whole: space, detail: undefined }, flags)
  const { across, down } = single.between
  if (width >= wide || (height < leastStacked && width >= leastAcross)) {
    const right = Math.round(space.left + (space.right - space.left - across) * wholeShare.across)
    const boxes = { whole: { ...space, right }, detail: { ...space, left: right + across } }
    return panelOf(result, view, axes, boxes, flags)
  }
  if (height < leastStacked) return panelOf(result, view, axes, { whole: space, detail: undefined }, flags)
  const isLow = height < width * low.share
  const top = isLow ? low.top : space.top
  const between = isLow ? low.down : down
  const bottom = Math.round(top + (space.bottom - top - between) * wholeShare.down)
  const boxes = { whole: { ...space, top, bottom }, detail: { ...space, top: bottom + between } }
  return panelOf(result, view, axes, boxes, { ...flags, isLow })
}

/** Space around and between small panels, and the height of their parts relative to their width. */
const around = { left: 40, top: 14, right: 6, bottom: 44 }
const gap = { x: 16, y: 14, parts: 26 }
const share = { whole: 0.42, detail: 0.66, alone: 0.9 }
/** The panel width beyond which the height no longer grows. */
const widest = 320
/** The width below which each row has one panel. */
const narrow = 300
/** The height of a text line above the panels, or above each. */
const line = 17

/** The number of text lines above all panels, and above each. */
export interface Headings {
  legend: number
  each: number
}

interface Grid {
  columns: number
  rows: number
  panelWidth: number
  heights: { heading: number; whole: number; detail: number; row: number }
}

/** The panels per row: four on a wide screen, two on a phone. */
function columnsOf(results: readonly ExperimentResult[], width: number): number {
  return Math.min(results.length, width >= wide ? 4 : width >= narrow ? 2 : 1)
}

/** The width of each of several panels. */
export function panelWidthOf(results: readonly ExperimentResult[], width: number): number {
  const columns = columnsOf(results, width)
  return (width - around.left - around.right - (columns - 1) * gap.x) / columns
}

/** The grid of panels of equal size. */
function gridOf(results: readonly ExperimentResult[], headings: Headings, width: number): Grid {
  const columns = columnsOf(results, width)
  const panelWidth = panelWidthOf(results, width)
  const height = (part: number) => Math.round(Math.min(panelWidth, widest) * part)
  const isSplit = results.some(isDetailed)
  const heading = headings.each * line + 10
  const whole = height(isSplit ? share.whole : share.alone)
  const detail = isSplit ? height(share.detail) : 0
  const row = heading + whole + (isSplit ? gap.parts : 0) + detail
  return { columns, rows: Math.ceil(results.length / columns), panelWidth, heights: { heading, whole, detail, row } }
}

/** The height of small multiples: their legend and their rows, each with a heading. */
export function multiplesHeight(results: readonly ExperimentResult[], headings: Headings, width: number): number {
  const { rows, heights } = gridOf(results, headings, width)
  return around.top + headings.legend * line + rows * heights.row + (rows - 1) * gap.y + around.bottom
}

/** Panels of equal size on shared axes, row by row. */
export function panelGrid(
  results: readonly ExperimentResult[],
  view: View,
  axes: Axes,
  headings: Headings,
  { width }: Pick<Size, 'width'>,
): Panel[] {
  const { columns, panelWidth, heights } = gridOf(results, headings, width)
  return results.map((result, index) => {
    const left = around.left + (index % columns) * (panelWidth + gap.x)
    const row = Math.floor(index / columns)
    const top = around.top + headings.legend * line + row * (heights.row + gap.y) + heights.heading
    const sides = { left, right: left + panelWidth }
    const bottom = top + heights.whole
    const whole = { ...sides, top, bottom }
    const detail = { ...sides, top: bottom + gap.parts, bottom: bottom + gap.parts + heights.detail }
    return panelOf(
      result,
      view,
      axes,
      { whole, detail: isDetailed(result) ? detail : undefined },
      {
        isSmall: true,
        isFirstOfRow: index % columns === 0,
        isLastOfColumn: index + columns >= results.length,
        isLow: false,
      },
    )
  })
}
