/**
 * The grid of points at which a network is asked for the class: it covers the extent of the data plus a tenth on every
 * side. Its points are the centers of its cells.
 */
import type { Boundary } from './boundary.ts'

/** A boundary before its classes are known. */
export type BoundaryGrid = Omit<Boundary, 'classes'>

const cells = 100
/** The share of the data's extent that is added on every side. */
const around = 0.1

/** The grid over some points [n][2]. */
export function gridOver(coordinates: Float64Array): BoundaryGrid {
  const range = (axis: number): [number, number] => {
    let low = Infinity
    let high = -Infinity
    for (let at = axis; at < coordinates.length; at += 2) {
      low = Math.min(low, coordinates[at]!)
      high = Math.max(high, coordinates[at]!)
    }
    // Points that coincide still lie in a plane.
    const edge = (high - low) * around || 1
    return [low - edge, high + edge]
  }
  return { columns: cells, rows: cells, extent: { x: range(0), y: range(1) } }
}

/** The points of a grid [rows × columns][2], as float32: what every engine computes with. */
export function gridPoints({ columns, rows, extent }: BoundaryGrid): Float32Array<ArrayBuffer> {
  const [left, right] = extent.x
  const [low, high] = extent.y
  const points = new Float32Array(2 * columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = 2 * (row * columns + column)
      points[at] = left + ((column + 0.5) / columns) * (right - left)
      points[at + 1] = low + ((row + 0.5) / rows) * (high - low)
    }
  return points
}
