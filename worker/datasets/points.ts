/** The type of labeled points, and functions that reorder them. */

/** Labeled points, in the order in which they are drawn or listed. */
export interface Points {
  /** The features of each point [n][features], float64: x and y in the plane. */
  coordinates: Float64Array<ArrayBuffer>
  /** The class of each point [n]. */
  labels: Uint8Array<ArrayBuffer>
}

/** The indices 0, 1, … n − 1, to be shuffled. */
export function inOrder(n: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: n }, (_, index) => index)
}

/** Picks points in an order: row i of the result is row `order[i]` of the input. */
export function arrange({ coordinates, labels }: Points, order: Uint32Array): Points {
  const features = coordinates.length / labels.length
  const arranged: Points = {
    coordinates: new Float64Array(order.length * features),
    labels: new Uint8Array(order.length),
  }
  order.forEach((row, to) => {
    arranged.coordinates.set(coordinates.subarray(features * row, features * (row + 1)), features * to)
    arranged.labels[to] = labels[row]!
  })
  return arranged
}
