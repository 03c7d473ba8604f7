/**
 * What every dataset is made of.
 */

/** Labeled points in the plane, in the order in which they are drawn. */
export interface Points {
  /** x and y of each point [n][2], float64. */
  coordinates: Float64Array<ArrayBuffer>
  /** The class of each point [n]. */
  labels: Uint8Array<ArrayBuffer>
}

/** 0, 1, … n − 1: the order to shuffle. */
export function inOrder(n: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: n }, (_, index) => index)
}

/** The points, rearranged: row i of the answer is row `order[i]`. */
export function arrange({ coordinates, labels }: Points, order: Uint32Array): Points {
  const arranged: Points = { coordinates: new Float64Array(coordinates.length), labels: new Uint8Array(labels.length) }
  order.forEach((row, to) => {
    arranged.coordinates[2 * to] = coordinates[2 * row]!
    arranged.coordinates[2 * to + 1] = coordinates[2 * row + 1]!
    arranged.labels[to] = labels[row]!
  })
  return arranged
}
