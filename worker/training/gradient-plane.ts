/**
 * Projects gradients to a plane for drawing: x along a reference gradient, y along the orthogonal direction in which
 * the individual gradients spread most. Lengths are in units of the reference gradient, which therefore lies at [1, 0].
 *
 * Dimension letters: N = gradients, W = parameters.
 */

type Vector = ArrayLike<number>
/** A point of the plane. */
export type PlanePoint = [x: number, y: number]

/** Iterations of the power method; a drawing needs no higher precision. */
const iterations = 12

/**
 * Creates the projection of vectors [W] to the plane.
 *
 * @param full the reference gradient; if it is 0, every point is [0, 0]
 * @param singles the gradients [N][W] whose spread defines y; the first of them has a positive y
 */
export function gradientPlane(full: Vector, singles: readonly Vector[]): (vector: Vector) => PlanePoint {
  const length = Math.sqrt(dot(full, full))
  if (!(length > 0)) return () => [0, 0]
  const along = Float64Array.from(full, (value) => value / length)
  const across = principalDirection(singles, along)
  return (vector) => [dot(vector, along) / length, dot(vector, across) / length]
}

function dot(a: Vector, b: Vector): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!
  return sum
}

/** Adds a multiple of a vector to another one in place. */
function add(to: Float64Array, vector: Vector, times: number): void {
  for (let index = 0; index < to.length; index++) to[index]! += times * vector[index]!
}

/**
 * The unit vector [W] orthogonal to `along` in whose direction vectors [N][W] spread most, by power iteration; 0 if
 * they do not spread.
 */
function principalDirection(vectors: readonly Vector[], along: Float64Array): Float64Array {
  const parts = vectors.map((vector) => dot(vector, along))
  let axis = Float64Array.from(vectors[0]!)
  add(axis, along, -parts[0]!)
  axis = normalized(axis)
  for (let round = 0; round < iterations; round++) {
    const next = new Float64Array(axis.length)
    let shared = 0
    vectors.forEach((vector, index) => {
      const part = dot(vector, axis)
      add(next, vector, part)
      shared += part * parts[index]!
    })
    // Removes the component along the reference gradient.
    add(next, along, -shared)
    axis = normalized(next)
  }
  return axis
}

function normalized(vector: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const length = Math.sqrt(dot(vector, vector))
  return length > 0 ? vector.map((value) => value / length) : vector
}
