/**
 * The plane in which gradients are drawn: x along a gradient that all are compared with, y along the direction in which
 * single ones differ most beside it. Lengths are in units of that gradient, so its own place is [1, 0].
 *
 * Dimension letters: N = gradients, W = parameters.
 */

type Vector = ArrayLike<number>
/** A place in the plane. */
export type PlanePoint = [x: number, y: number]

/** Most rounds of the power iteration; a picture needs no more digits than these give. */
const rounds = 12

/**
 * Where vectors [W] lie in the plane.
 *
 * @param full the gradient to compare with; where it is 0, every place is [0, 0]
 * @param singles the gradients [N][W] that span y, the first of them upwards
 */
export function gradientPlane(full: Vector, singles: readonly Vector[]): (vector: Vector) => PlanePoint {
  const length = Math.sqrt(dot(full, full))
  if (!(length > 0)) return () => [0, 0]
  const along = Float64Array.from(full, (value) => value / length)
  const across = widest(singles, along)
  return (vector) => [dot(vector, along) / length, dot(vector, across) / length]
}

function dot(a: Vector, b: Vector): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!
  return sum
}

/** Adds a multiple of a vector to another. */
function add(to: Float64Array, vector: Vector, times: number): void {
  for (let index = 0; index < to.length; index++) to[index]! += times * vector[index]!
}

/**
 * The unit vector [W], at right angles to another, along which vectors [N][W] spread most: by power iteration. 0 where
 * they do not.
 */
function widest(vectors: readonly Vector[], along: Float64Array): Float64Array {
  const parts = vectors.map((vector) => dot(vector, along))
  let axis = Float64Array.from(vectors[0]!)
  add(axis, along, -parts[0]!)
  axis = normalized(axis)
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(axis.length)
    let shared = 0
    vectors.forEach((vector, index) => {
      const part = dot(vector, axis)
      add(next, vector, part)
      shared += part * parts[index]!
    })
    // What the vectors have along the other is left out.
    add(next, along, -shared)
    axis = normalized(next)
  }
  return axis
}

function normalized(vector: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const length = Math.sqrt(dot(vector, vector))
  return length > 0 ? vector.map((value) => value / length) : vector
}
