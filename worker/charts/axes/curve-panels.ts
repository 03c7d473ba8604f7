/**
 * Where the curves of results lie: their areas and scales. What draws them and what reads them at a cursor agree here.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import { firstOfDetail, isDetailed, type CurvePart } from '../marks/curve-parts.ts'
import type { View } from '../view.ts'
import { detailScale, horizontalScale, verticalScale, type Axes } from './curve-scales.ts'
import type { Box, Size } from './frame.tsx'
import type { Scale } from './scale.ts'

/** A part of a result's runs, in a box with its scales. */
export interface Area {
  part: CurvePart
  box: Box
  x: Scale
  y: Scale
  /** The first epoch that it shows, from 1. */
  from: number
}

/** One result's place in a chart. */
export interface Panel {
  result: ExperimentResult
  whole: Area
  /** The last quarter, enlarged; absent where there are too few epochs. */
  detail: Area | undefined
  /** One of several. */
  isSmall: boolean
  /** It has the values of the vertical axis. */
  isFirstOfRow: boolean
  /** It has the values of the horizontal axis. */
  isLastOfColumn: boolean
  /** Low for its width: the title of the horizontal axis stands below the last quarter alone. */
  isLow: boolean
}

/** From this width on, a chart is laid out for a wide screen. */
export const wide = 600

/** A result's place, with scales that reach over its boxes. */
function panelOf(
  result: ExperimentResult,
  view: View,
  axes: Axes,
  boxes: { whole: Box; detail: Box | undefined },
  place: Pick<Panel, 'isSmall' | 'isFirstOfRow' | 'isLastOfColumn' | 'isLow'>,
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
    ...place,
  }
}

/** Room around the areas of one result: for ticks, titles, and the names at the ends of lines. */
const single = { left: 40, top: 52, right: 48, bottom: 44, between: { across: 50, down: 96 } }
/** The same where both parts stand below each other and the drawing is hardly higher than wide. */
const low = { share: 1.2, top: 30, down: 78 }
/** How much of the room the whole runs have beside, or above, their last quarter. */
const wholeShare = { across: 0.54, down: 0.46 }
/** In a lower drawing the whole runs stand alone, in pixels. */
const leastHeight = 180

/** The height that suits one result. */
export function singleHeight(result: ExperimentResult, width: number): number {
  if (width >= wide) return Math.round(width * 0.5)
  return Math.round(isDetailed(result) ? width * 1.3 : width * 0.88)
}

/** The room for one result alone: whole runs and, beside them or below where it is high, their last quarter. */
export function singlePanel(result: ExperimentResult, view: View, axes: Axes, { width, height }: Size): Panel {
  const room = { left: single.left, top: single.top, right: width - single.right, bottom: height - single.bottom }
  const place = { isSmall: false, isFirstOfRow: true, isLastOfColumn: true, isLow: false }
  if (!isDetailed(result) || height < leastHeight)
    return panelOf(result, view, axes, { whole: room, detail: undefined }, place)
  const { across, down } = single.between
  if (width >= wide || height < width) {
    const right = Math.round(room.left + (room.right - room.left - across) * wholeShare.across)
    const boxes = { whole: { ...room, right }, detail: { ...room, left: right + across } }
    return panelOf(result, view, axes, boxes, place)
  }
  const isLow = height < width * low.share
  const top = isLow ? low.top : room.top
  const between = isLow ? low.down : down
  const bottom = Math.round(top + (room.bottom - top - between) * wholeShare.down)
  const boxes = { whole: { ...room, top, bottom }, detail: { ...room, top: bottom + between } }
  return panelOf(result, view, axes, boxes, { ...place, isLow })
}

/** Room around and between small panels, and how high their parts are for their width. */
const around = { left: 40, top: 14, right: 6, bottom: 44 }
const gap = { x: 16, y: 14, parts: 26 }
const share = { whole: 0.42, detail: 0.66, alone: 0.9 }
/** Wider panels are not higher. */
const widest = 320
/** Below this width there is one panel in a row. */
const narrow = 300
/** A line of text above the panels, or above each. */
const line = 17

/** The lines of text that stand above all panels, and above each. */
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

/** Panels in a row: four on a wide screen, two on a phone. */
function columnsOf(results: readonly ExperimentResult[], width: number): number {
  return Math.min(results.length, width >= wide ? 4 : width >= narrow ? 2 : 1)
}

/** How wide each of several panels is. */
export function panelWidthOf(results: readonly ExperimentResult[], width: number): number {
  const columns = columnsOf(results, width)
  return (width - around.left - around.right - (columns - 1) * gap.x) / columns
}

/** How panels of equal size are laid out. */
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

/** The height that suits small multiples: their legend, and their rows, each with a heading. */
export function multiplesHeight(results: readonly ExperimentResult[], headings: Headings, width: number): number {
  const { rows, heights } = gridOf(results, headings, width)
  return around.top + headings.legend * line + rows * heights.row + (rows - 1) * gap.y + around.bottom
}

/** Panels of equal size and on the same axes, row by row. */
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
