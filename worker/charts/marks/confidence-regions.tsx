/**
 * The decision regions of a network, each in the color of its class, and the fainter the less certain the prediction is:
 * in bands by the probability of the predicted class.
 */
import { contours } from 'd3-contour'

import type { Boundary } from '#experiment/result/boundary.ts'
import { certainty } from '#experiment/result/grid.ts'

import { round, type Box } from '../axes/frame.tsx'
import { CompactPath } from './compact-path.ts'

/** The probabilities at which the shade changes, ascending. */
const shadeSteps = [0.6, 0.75, 0.9] as const

/** What the shades mean, in a phrase of a legend. */
export const shadingInWords = `fainter: less probable, ${shadeSteps[2]} to ${shadeSteps[0]}`

/** The probability from which a prediction has the full color. */
export const takenAsCertain = shadeSteps[2]

/** A boundary that a network has before it diverges. */
type Regions = Boundary & { classes: number[]; confidences: number[] }

/** Whether there are regions at all. */
export function hasRegions(boundary: Boundary): boundary is Regions {
  return boundary.classes !== null && boundary.confidences !== null
}

/**
 * The regions. Each class is painted over the previous ones, so that they meet without gaps; then one layer of paper for
 * every step of the probability is laid over all cells below it.
 */
export function ConfidenceRegions({ boundary, box, classes }: { boundary: Regions; box: Box; classes: number }) {
  const [left, top] = [round(box.left), round(box.top)]
  const [width, height] = [round(box.right - box.left), round(box.bottom - box.top)]
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of boundary.classes) counts[label]!++
  const predicted = counts.flatMap((count, label) => (count > 0 ? [label] : []))
  const shares = predicted.map((label) => sharesFrom(boundary, label, label))
  const all = `M${left} ${top}h${width}v${height}h${-width}z`
  return (
    <g>
      {predicted.map((label, index) => {
        const d = index === 0 ? all : outline(boundary, box, [sharesFrom(boundary, label, classes)], 0.5)
        return <path key={label} class={`region class-${label}`} d={d} />
      })}
      {shadeSteps.map((step) => (
        <path key={step} class="doubt" fill-rule="evenodd" d={all + outline(boundary, box, shares, step)} />
      ))}
    </g>
  )
}

/** Values at the cells of a part of a grid, of which all other cells have less. */
interface Field {
  left: number
  bottom: number
  columns: number
  rows: number
  values: number[]
}

/** Less than a half, by so little that no drawing shows it. */
const lessThanHalf = 0.499

/**
 * The probability of the classes `first` to `last` at each cell, as far as it is known: exactly where one of them is
 * predicted, and at most what the predicted class leaves elsewhere. It is at least a half where one of them is
 * predicted, and nowhere else. Only the cells around these are included.
 */
function sharesFrom({ classes, confidences, columns, rows }: Regions, first: number, last: number): Field {
  const isOf = (cell: number) => classes[cell]! >= first && classes[cell]! <= last
  let [left, right, bottom, top] = [columns, -1, rows, -1]
  for (let row = 0, cell = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, cell++) {
      if (!isOf(cell)) continue
      if (column < left) left = column
      if (column > right) right = column
      if (row < bottom) bottom = row
      top = row
    }
  left = Math.max(0, left - 1)
  right = Math.min(columns - 1, right + 1)
  bottom = Math.max(0, bottom - 1)
  top = Math.min(rows - 1, top + 1)
  const values: number[] = []
  for (let row = bottom; row <= top; row++)
    for (let cell = row * columns + left; cell <= row * columns + right; cell++) {
      const confidence = confidences[cell]! / certainty
      values.push(isOf(cell) ? Math.max(confidence, 0.5) : Math.min(1 - confidence, lessThanHalf))
    }
  return { left, bottom, columns: right - left + 1, rows: top - bottom + 1, values }
}

/** The outlines of the parts of a grid with at least a given value of any of some fields, as a path. */
function outline(boundary: Boundary, box: Box, fields: readonly Field[], value: number): string {
  const path = new CompactPath()
  for (const ring of fields.flatMap((field) => ringsOf(field, value))) {
    addLine(path, ring.map(pixelsOf(boundary, box)))
    path.close()
  }
  return path.toString()
}

/**
 * The borders between the regions, as a path of open lines: where the predicted class changes, and not where the plane
 * ends.
 */
export function bordersOf(boundary: Regions, box: Box, classes: number): string {
  const { columns, rows } = boundary
  const isOnEdge = ([column, row]: Point) => column <= 0 || column >= columns || row <= 0 || row >= rows
  const path = new CompactPath()
  for (let label = 1; label < classes; label++) {
    if (!boundary.classes.some((predicted) => predicted >= label)) break
    for (const ring of ringsOf(sharesFrom(boundary, label, classes), 0.5)) {
      let line: Point[] = []
      const end = () => {
        if (line.length > 1) addLine(path, line.map(pixelsOf(boundary, box)))
        line = []
      }
      ring.forEach((point, index) => {
        const last = ring[index - 1]
        if (last && isOnEdge(last) && isOnEdge(point)) end()
        line.push(point)
      })
      end()
    }
  }
  return path.toString()
}

/** The rings around the parts of a field with at least a value, closed, in cells of the grid. */
function ringsOf({ left, bottom, columns, rows, values }: Field, value: number): Point[][] {
  const contour = contours().size([columns, rows]).smooth(true)
  return contour
    .contour(values, value)
    .coordinates.flat()
    .map((ring) => ring.map(([column = 0, row = 0]): Point => [left + column, bottom + row]))
}

/** The conversion from cells of the grid to pixels. */
function pixelsOf({ columns, rows }: Boundary, box: Box): (point: Point) => Point {
  const across = (box.right - box.left) / columns
  const up = (box.bottom - box.top) / rows
  return ([column, row]) => [box.left + column * across, box.bottom - row * up]
}

/** Adds a line to a path, simplified. */
function addLine(path: CompactPath, points: readonly Point[]): void {
  simplified(points).forEach(([x, y], index) => {
    if (index === 0) path.moveTo(x, y)
    else path.lineTo(x, y)
  })
}

type Point = readonly [x: number, y: number]

/** How far a simplified line may be from its points, in pixels. */
const tolerance = 0.25
/** The most points that one straight line may replace. */
const mostReplaced = 40

/** A line without the points that lie next to the straight line between those that are kept. */
function simplified(points: readonly Point[]): Point[] {
  const kept = [points[0]!]
  let from = 0
  for (let to = 2; to <= points.length; to++) {
    if (to < points.length && to - from <= mostReplaced && isStraight(points, from, to)) continue
    from = to - 1
    kept.push(points[from]!)
  }
  return kept
}

/** Whether all points between two of a line are close to the straight line between these. */
function isStraight(points: readonly Point[], from: number, to: number): boolean {
  const [x, y] = points[from]!
  const along = points[to]![0] - x
  const down = points[to]![1] - y
  const limit = tolerance * Math.sqrt(along * along + down * down)
  for (let index = from + 1; index < to; index++) {
    const [px, py] = points[index]!
    if (Math.abs(along * (py - y) - down * (px - x)) > limit) return false
  }
  return true
}
