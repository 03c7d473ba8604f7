/** The plane of a scatter plot: equal scales on both axes, and a cursor that moves from point to point. */
import { extent } from 'd3-array'

import type { Explorer } from '../explorer.ts'
import { decimal, tick } from '../text/format.ts'
import { keyRow, layoutKey } from '../text/legend-layout.ts'
import { shortened, textWidth, wrapped } from '../text/text-width.ts'
import { wide } from './curve-panels.ts'
import { titleIndent, type Box, type Size } from './frame.tsx'
import { classInWords, classNamesOf, type PlaneExamples, type PlotPoint } from './labeled-examples.ts'
import { scaleLinear, type Scale } from './scale.ts'

/** A plotting area with the same scale on both axes. */
export interface Plane {
  box: Box
  x: Scale
  y: Scale
  legend: PlacedLegend
}

/** The text above the area. */
export interface LegendWords {
  classNames: readonly string[]
  /** Phrases that explain the marks, which break into lines between them. */
  explanations: readonly string[]
  /** The title of the vertical axis. A long one has a line of its own, below the legend. */
  verticalTitle: string
}

/** The legend above the area, with its position. */
interface PlacedLegend {
  left: number
  right: number
  lines: readonly string[]
  classNames: readonly string[]
  /** The rows of the class names. */
  rows: number
}

/** A part of the plane, by its ends. */
interface Part {
  x: [number, number]
  y: [number, number]
}

/** The distance in pixels within which the cursor selects a point. */
const selectDistance = 40
/** Space around the area for axes and legend; long tick labels of the vertical axis need more at the left. */
const around = { left: 36, top: 52, right: 12, bottom: 44 }
/** The distance of the tick labels of the vertical axis from the area. */
const labelGap = 8

/** The widest name of a class in a legend, in pixels. */
const widestName = 112

/** The legend of a plane with points: filled for training, hollow for test examples. */
export function legendWords(
  classes: number,
  data: Partial<Pick<PlaneExamples, 'classNames' | 'titles'>> = {},
  explanations: readonly string[] = ['filled: train, hollow: test'],
): LegendWords {
  return {
    classNames: classNamesOf(data, classes).map((name) => shortened(name, widestName)),
    explanations,
    verticalTitle: data.titles?.[1] ?? 'y',
  }
}

/** The space at the left of the area, in which the tick labels of the vertical axis fit. */
function leftOf({ y }: Part): number {
  const labels = scaleLinear(y, [0, 1]).ticks(5).map(tick)
  return Math.max(around.left, Math.ceil(Math.max(0, ...labels.map(textWidth)) + labelGap))
}

/** The lines and rows of a legend at a width, and the space that they take above the area. */
function legendAt({ classNames, explanations, verticalTitle }: LegendWords, width: number) {
  const lines = wrapped(explanations, width)
  const { rows } = layoutKey(classNames, width, classNames.length)
  const isTitleLong = textWidth(verticalTitle) > titleIndent
  const height = around.top + (lines.length - 1 + rows - 1 + Number(isTitleLong)) * keyRow
  return { lines, classNames, rows, height }
}

/** The preferred height for a part of the plane at a width: no higher than a typical screen. */
export function planeHeight(part: Part, width: number, words: LegendWords): number {
  const { x, y } = part
  const across = width - leftOf(part) - around.right
  const up = Math.min((across * (y[1] - y[0])) / (x[1] - x[0]), width * (width >= wide ? 0.68 : 1.1))
  return Math.round(legendAt(words, across).height + up + around.bottom)
}

/** The area, centered in the drawing, that shows a part of the plane below a legend. */
export function planeOf(part: Part, { width, height }: Size, words: LegendWords): Plane {
  const [start, end] = [leftOf(part), width - around.right]
  const { height: top, ...legend } = legendAt(words, end - start)
  const space = { left: start, top, right: end, bottom: height - around.bottom }
  const across = part.x[1] - part.x[0]
  const up = part.y[1] - part.y[0]
  const unit = Math.min((space.right - space.left) / across, (space.bottom - space.top) / up)
  const left = Math.max(space.left, (width - across * unit) / 2)
  const box = { left, top: space.bottom - up * unit, right: left + across * unit, bottom: space.bottom }
  // Several rows use the full width, however narrow the area is; so does one that needs it.
  const isFull = legend.rows > 1 || !layoutKey(legend.classNames, box.right - box.left).isFitting
  const ends = isFull ? space : box
  return {
    box,
    x: scaleLinear(part.x, [box.left, box.right]),
    y: scaleLinear(part.y, [box.bottom, box.top]),
    legend: { ...legend, left: ends.left, right: ends.right },
  }
}

/** The part of the plane that contains all points, with a margin. */
export function partOf({ points }: Pick<PlaneExamples, 'points'>): Part {
  const range = (axis: 0 | 1): [number, number] => {
    const [low = 0, high = 1] = extent(points, (point) => point[axis])
    const padding = (high - low) * 0.04 || 1
    return [low - padding, high + padding]
  }
  return { x: range(0), y: range(1) }
}

/** The order in which arrow keys move through the points: from left to right. */
export function pointsFromLeft({ points }: Pick<PlaneExamples, 'points'>): number[] {
  return points.map((_, row) => row).sort((a, b) => points[a]![0] - points[b]![0])
}

/**
 * The explorer of points.
 *
 * @param furtherWords what else there is to say of an example, which lies at a point
 */
export function explorePoints(
  { x, y }: Pick<Plane, 'x' | 'y'>,
  data: Pick<PlaneExamples, 'points' | 'labels' | 'trainExamples' | 'classNames'>,
  furtherWords?: (point: PlotPoint, row: number) => string | undefined,
): Explorer {
  let known: number[] | undefined
  // Computed on demand, because a picture that changes in every frame is rarely explored.
  const order = () => (known ??= pointsFromLeft(data))
  const read = (stop: number) => {
    const row = order()[stop]!
    const point = data.points[row]!
    const split = row < data.trainExamples ? 'train' : 'test'
    const place = `${decimal(point[0], 2)}, ${decimal(point[1], 2)}`
    const further = furtherWords?.(point, row)
    return `${split} example ${row + 1}, ${classInWords(data, data.labels[row]!)}, at ${place}${further === undefined ? '' : `, ${further}`}`
  }
  return {
    stops: data.points.length,
    nearest: (at) => {
      const distances = order().map((row) => {
        const [px, py] = data.points[row]!
        return Math.hypot(x(px) - at.x, y(py) - at.y)
      })
      const nearest = distances.indexOf(Math.min(...distances))
      return distances[nearest]! < selectDistance ? nearest : undefined
    },
    read,
    brief: read,
  }
}
