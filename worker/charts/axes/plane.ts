/** The plane of a scatter plot: equal scales on both axes, and a cursor that moves from point to point. */
import { extent } from 'd3-array'

import type { LabeledPoints } from '#experiment/result/labeled-points.ts'

import type { Explorer } from '../explorer.ts'
import { decimal } from '../text/format.ts'
import { keyRow, layoutKey } from '../text/legend-layout.ts'
import { wide } from './curve-panels.ts'
import type { Box, Size } from './frame.tsx'
import { scaleLinear, type Scale } from './scale.ts'

/** A plotting area with the same scale on both axes. */
export interface Plane {
  box: Box
  x: Scale
  y: Scale
  /** The position of the class legend above the area. */
  legend: { left: number; right: number; isOfTwoRows: boolean }
}

/** A part of the plane, by its ends. */
interface Part {
  x: [number, number]
  y: [number, number]
}

/** The distance in pixels within which the cursor selects a point. */
const selectDistance = 40
/** Space around the area for axes and legend. */
const around = { left: 36, top: 52, right: 12, bottom: 44 }

/** The names of classes. */
export function classNames(classes: number): string[] {
  return Array.from({ length: classes }, (_, label) => `class ${label}`)
}

/** Whether the legend of this many classes needs two rows at a width. */
function isOfTwoRows(classes: number, width: number): boolean {
  return layoutKey(classNames(classes), width - around.left - around.right, 2).rows === 2
}

/** The space above the area. */
function topOf(classes: number, width: number): number {
  return around.top + (isOfTwoRows(classes, width) ? keyRow : 0)
}

/** The preferred height for a part of the plane at a width: no higher than a typical screen. */
export function planeHeight({ x, y }: Part, width: number, classes: number): number {
  const across = width - around.left - around.right
  const up = Math.min((across * (y[1] - y[0])) / (x[1] - x[0]), width * (width >= wide ? 0.68 : 1.1))
  return Math.round(topOf(classes, width) + up + around.bottom)
}

/** The area, centered in the drawing, that shows a part of the plane with this many classes. */
export function planeOf(part: Part, { width, height }: Size, classes: number): Plane {
  const space = {
    left: around.left,
    top: topOf(classes, width),
    right: width - around.right,
    bottom: height - around.bottom,
  }
  const across = part.x[1] - part.x[0]
  const up = part.y[1] - part.y[0]
  const unit = Math.min((space.right - space.left) / across, (space.bottom - space.top) / up)
  const left = Math.max(space.left, (width - across * unit) / 2)
  const box = { left, top: space.bottom - up * unit, right: left + across * unit, bottom: space.bottom }
  const isHigh = isOfTwoRows(classes, width)
  return {
    box,
    x: scaleLinear(part.x, [box.left, box.right]),
    y: scaleLinear(part.y, [box.bottom, box.top]),
    // Two rows use the full width, however narrow the area is.
    legend: { left: isHigh ? space.left : box.left, right: isHigh ? space.right : box.right, isOfTwoRows: isHigh },
  }
}

/** The part of the plane that contains all points, with a margin. */
export function partOf({ points }: LabeledPoints): Part {
  const range = (axis: 0 | 1): [number, number] => {
    const [low = 0, high = 1] = extent(points, (point) => point[axis])
    const padding = (high - low) * 0.04 || 1
    return [low - padding, high + padding]
  }
  return { x: range(0), y: range(1) }
}

/** The order in which arrow keys move through the points: from left to right. */
export function pointsFromLeft({ points }: LabeledPoints): number[] {
  return points.map((_, row) => row).sort((a, b) => points[a]![0] - points[b]![0])
}

/**
 * The explorer of points.
 *
 * @param regionOf describes the region that a point lies in
 */
export function explorePoints(
  { x, y }: Pick<Plane, 'x' | 'y'>,
  data: LabeledPoints,
  regionOf?: (point: readonly [x: number, y: number]) => string | undefined,
): Explorer {
  let known: number[] | undefined
  // Computed on demand, because a picture that changes in every frame is rarely explored.
  const order = () => (known ??= pointsFromLeft(data))
  const read = (stop: number) => {
    const row = order()[stop]!
    const [px, py] = data.points[row]!
    const split = row < data.trainExamples ? 'train' : 'test'
    const place = `${decimal(px, 2)}, ${decimal(py, 2)}`
    const region = regionOf?.([px, py])
    return `${split} example ${row + 1}, class ${data.labels[row]}, at ${place}${region === undefined ? '' : `, ${region}`}`
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
