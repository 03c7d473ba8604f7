/**
 * The plane that data lie in: equal scales on both axes, and a cursor from point to point.
 */
import { extent } from 'd3-array'

import type { LabeledPoints } from '#experiment/labeled-points.ts'

import type { Explorer } from './explorer.ts'
import { decimal } from './format.ts'
import type { Box, Size } from './frame.tsx'
import { keyRow, layoutKey } from './key.ts'
import { wide } from './panels.ts'
import { scaleLinear, type Scale } from './scale.ts'

/** An area with scales on which a unit is as long across as up. */
export interface Plane {
  box: Box
  x: Scale
  y: Scale
  /** Where the names of the classes stand, above the area. */
  legend: { left: number; right: number; isOfTwoRows: boolean }
}

/** A part of the plane, by its ends. */
interface Part {
  x: [number, number]
  y: [number, number]
}

/** How near a point must be to be read, in pixels. */
const reach = 40
/** Room around the area, for axes and the legend. */
const around = { left: 36, top: 52, right: 12, bottom: 44 }

/** The names of classes. */
export function classNames(classes: number): string[] {
  return Array.from({ length: classes }, (_, label) => `class ${label}`)
}

/** Whether so many classes need two rows to be named at a width. */
function isOfTwoRows(classes: number, width: number): boolean {
  return layoutKey(classNames(classes), width - around.left - around.right, 2).rows === 2
}

/** The room above the area. */
function topOf(classes: number, width: number): number {
  return around.top + (isOfTwoRows(classes, width) ? keyRow : 0)
}

/** The height that suits a part of the plane at a width: no higher than the screen of whoever reads. */
export function planeHeight({ x, y }: Part, width: number, classes: number): number {
  const across = width - around.left - around.right
  const up = Math.min((across * (y[1] - y[0])) / (x[1] - x[0]), width * (width >= wide ? 0.68 : 1.1))
  return Math.round(topOf(classes, width) + up + around.bottom)
}

/** The area, in the middle of the drawing, that shows a part of the plane with so many classes. */
export function planeOf(part: Part, { width, height }: Size, classes: number): Plane {
  const room = {
    left: around.left,
    top: topOf(classes, width),
    right: width - around.right,
    bottom: height - around.bottom,
  }
  const across = part.x[1] - part.x[0]
  const up = part.y[1] - part.y[0]
  const unit = Math.min((room.right - room.left) / across, (room.bottom - room.top) / up)
  const left = Math.max(room.left, (width - across * unit) / 2)
  const box = { left, top: room.bottom - up * unit, right: left + across * unit, bottom: room.bottom }
  const isHigh = isOfTwoRows(classes, width)
  return {
    box,
    x: scaleLinear(part.x, [box.left, box.right]),
    y: scaleLinear(part.y, [box.bottom, box.top]),
    // Two rows take all of the room, however narrow the area is.
    legend: { left: isHigh ? room.left : box.left, right: isHigh ? room.right : box.right, isOfTwoRows: isHigh },
  }
}

/** The part of the plane that points lie in, and a little around it. */
export function partOf({ points }: LabeledPoints): Part {
  const range = (axis: 0 | 1): [number, number] => {
    const [low = 0, high = 1] = extent(points, (point) => point[axis])
    const edge = (high - low) * 0.04 || 1
    return [low - edge, high + edge]
  }
  return { x: range(0), y: range(1) }
}

/** The order in which keys go through the points: from left to right. */
export function pointsFromLeft({ points }: LabeledPoints): number[] {
  return points.map((_, row) => row).sort((a, b) => points[a]![0] - points[b]![0])
}

/**
 * What the cursor can do among points.
 *
 * @param regionOf what there is to say of the place of a point beside it
 */
export function explorePoints(
  { x, y }: Pick<Plane, 'x' | 'y'>,
  data: LabeledPoints,
  regionOf?: (point: readonly [x: number, y: number]) => string | undefined,
): Explorer {
  let known: number[] | undefined
  // Only when it is asked for: a picture that changes in every frame is seldom explored.
  const order = () => (known ??= pointsFromLeft(data))
  const read = (stop: number) => {
    const row = order()[stop]!
    const point = data.points[row]!
    const split = row < data.trainExamples ? 'train' : 'test'
    const place = `${decimal(point[0], 2)}, ${decimal(point[1], 2)}`
    const region = regionOf?.(point)
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
      return distances[nearest]! < reach ? nearest : undefined
    },
    read,
    brief: read,
  }
}
