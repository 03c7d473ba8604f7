/**
 * Where the curves of results lie: their areas and scales. What draws them and what reads them at a cursor agree here.
 */
import type { ExperimentResult } from '#experiment/result.ts'

import type { Box, Scale, Size } from './frame.tsx'
import { horizontalScale, valueScale } from './scales.ts'
import type { View } from './view.ts'

/** One result's place in a chart. */
export interface Panel {
  result: ExperimentResult
  box: Box
  x: Scale
  y: Scale
  /** One of several, in which one run stands for all: a mean would smooth away what is to be compared. */
  isSmall: boolean
  /** It has the values of the vertical axis. */
  isFirstOfRow: boolean
  /** It has the values of the horizontal axis. */
  isLastOfColumn: boolean
}

/** From this width on, a chart is laid out for a wide screen. */
export const wide = 600

/** The room for one result alone, with labels at the ends of its lines. */
export function singlePanel(result: ExperimentResult, view: View, { width, height }: Size): Panel {
  const box = { left: 36, top: 32, right: width - 48, bottom: height - 44 }
  return {
    result,
    box,
    x: horizontalScale([result], view)(box),
    y: valueScale([result], view)(box),
    isSmall: false,
    isFirstOfRow: true,
    isLastOfColumn: true,
  }
}

/** The height that suits small multiples: their rows, each with a heading. */
export function multiplesHeight(width: number, count: number): number {
  const rows = Math.ceil(count / columnsOf(count, width))
  const panelHeight = Math.round(width * (width >= wide ? 0.23 : 0.46))
  return around.top + rows * panelHeight + (rows - 1) * gap.y + around.bottom
}

const gap = { x: 16, y: 46 }
const around = { left: 36, top: 90, right: 6, bottom: 44 }

/** How many panels stand in a row: four on a wide screen, two on a phone. */
function columnsOf(count: number, width: number): number {
  return Math.min(count, width >= wide ? 4 : 2)
}

/** Panels of equal size and on the same scales, row by row. */
export function panelGrid(results: readonly ExperimentResult[], view: View, { width, height }: Size): Panel[] {
  const columns = columnsOf(results.length, width)
  const rows = Math.ceil(results.length / columns)
  const panelWidth = (width - around.left - around.right - (columns - 1) * gap.x) / columns
  const panelHeight = (height - around.top - around.bottom - (rows - 1) * gap.y) / rows
  const x = horizontalScale(results, view)
  const y = valueScale(results, view)
  return results.map((result, index) => {
    const left = around.left + (index % columns) * (panelWidth + gap.x)
    const top = around.top + Math.floor(index / columns) * (panelHeight + gap.y)
    const box = { left, top, right: left + panelWidth, bottom: top + panelHeight }
    return {
      result,
      box,
      x: x(box),
      y: y(box),
      isSmall: true,
      isFirstOfRow: index % columns === 0,
      isLastOfColumn: index + columns >= results.length,
    }
  })
}
