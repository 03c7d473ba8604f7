/**
 * The grid of points at which a decision boundary is evaluated: the centers of 100 × 100 cells over the extent of the
 * data, extended by a tenth on every side.
 */
import type { Boundary } from './boundary.ts'

/** A boundary without its predictions. */
export type BoundaryGrid = Omit<Boundary, 'classes' | 'confidences'>

/** A probability of 1, as the confidence of a prediction. */
export const certainty = 255

const cells = 100
/** The margin on every side, as a share of the data's extent. */
const margin = 0.1

/** The grid over points [n][2]. */
export function gridOver(coordinates: Float64Array): BoundaryGrid {
  const range = (axis: number): [number, number] => {
    let low = Infinity
    let high = -Infinity
    for (let at = axis; at < coordinates.length; at += 2) {
      low = Math.min(low, coordinates[at]!)
      high = Math.max(high, coordinates[at]!)
    }
    // If all points coincide, the grid still needs an extent.
    const padding = (high - low) * margin || 1
    return [low - padding, high + padding]
  }
  return { columns: cells, rows: cells, extent: { x: range(0), y: range(1) } }
}

/** The points [rows × columns][2] of a grid, in the units of the dataset. */
export function gridPoints({ columns, rows, extent }: BoundaryGrid): Float64Array<ArrayBuffer> {
  const [left, right] = extent.x
  const [low, high] = extent.y
  const points = new Float64Array(2 * columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = 2 * (row * columns + column)
      points[at] = left + ((column + 0.5) / columns) * (right - left)
      points[at + 1] = low + ((row + 0.5) / rows) * (high - low)
    }
  return points
}
