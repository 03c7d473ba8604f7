/**
 * Draws decision boundaries as SVG paths, from a network's parameters. Used by the build and by the browser.
 */
import { contours } from 'd3-contour'

import type { Layer } from '#training/initializers.ts'

export type Point = [number, number]

/** The part of the plane that is drawn, as a square. */
export interface Square {
  left: number
  top: number
  side: number
}

/** The square in which everything is drawn. */
export const size = 300
/** Cells of the grid on which the network is asked, along each side. */
const cells = 75

/** The borders of a network as a path in the drawing. */
export function borderPath(layers: readonly Layer[], classes: number, plane: Square): string {
  const leads: number[][] = Array.from({ length: classes }, () => [])
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const at: Point = [
        plane.left + ((column + 0.5) / cells) * plane.side,
        plane.top - ((row + 0.5) / cells) * plane.side,
      ]
      const scores = forward(layers, at)
      scores.forEach((score, label) =>
        leads[label]!.push(score - Math.max(...scores.filter((_, other) => other !== label))),
      )
    }
  }
  // A border lies where one class leads by nothing. Those of all classes but the last are all there are.
  return leads
    .slice(0, -1)
    .flatMap((lead) => contours().size([cells, cells]).thresholds([0])(lead))
    .flatMap(({ coordinates }) => coordinates.flat())
    .flatMap((ring) => linesWithin(ring as Point[]))
    .map((line) => pathOf(simplify(line)))
    .join('')
}

/** The scores of the classes at a point: the network's way forward, in plain loops. */
function forward(layers: readonly Layer[], point: Point): number[] {
  let values: number[] = point
  layers.forEach(({ weights, biases }, index) => {
    const isLast = index === layers.length - 1
    const next = Array.from(biases)
    for (let unit = 0; unit < next.length; unit++) {
      for (let input = 0; input < values.length; input++)
        next[unit]! += values[input]! * weights[input * next.length + unit]!
      if (!isLast) next[unit] = Math.max(0, next[unit]!)
    }
    values = next
  })
  return values
}

/** The pieces of a ring that are borders between classes: not those along the edge of the grid. */
function linesWithin(ring: readonly Point[]): Point[][] {
  const lines: Point[][] = [[]]
  for (const point of ring) {
    const isInside = point.every((value) => value > 0.5 && value < cells - 0.5)
    if (isInside) lines.at(-1)!.push(point)
    else if (lines.at(-1)!.length) lines.push([])
  }
  return lines.filter(({ length }) => length > 1)
}

/** A line with fewer points, nowhere further than a tenth of a cell from the given one (Douglas and Peucker 1973). */
function simplify(line: readonly Point[]): Point[] {
  const [first, last] = [line[0]!, line.at(-1)!]
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]) || 1
  const away = ([x, y]: Point) =>
    Math.abs((last[0] - first[0]) * (first[1] - y) - (first[0] - x) * (last[1] - first[1])) / length
  const distances = line.map(away)
  const furthest = distances.indexOf(Math.max(...distances))
  if (line.length < 3 || distances[furthest]! < 0.1) return [first, last]
  return [...simplify(line.slice(0, furthest + 1)).slice(0, -1), ...simplify(line.slice(furthest))]
}

/** A line as a path: each move relative to the last, to be short. */
function pathOf(line: readonly Point[]): string {
  const places = line.map((point) => point.map((value) => Math.round((value / cells) * size)) as Point)
  const moves = places.slice(1).map(([x, y], index) => `${x - places[index]![0]} ${y - places[index]![1]}`)
  return `M${places[0]!.join(' ')}l${moves.join(' ')}`.replaceAll(' -', '-')
}
