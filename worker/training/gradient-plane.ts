/**
 * The plane in which gradients are drawn: x along a gradient that all are compared with, y along the direction in which
 * single ones differ most beside it. Lengths are in units of that gradient, so its own place is [1, 0].
 *
 * Dimension letters: N = gradients, W = parameters.
 */

type Vector = ArrayLike<number>
/** A place in the plane. */
export type Place = [x: number, y: number]

/** Most rounds of the power iteration; a picture needs no more digits than these give. */
const rounds = 12

/**
 * Where vectors [W] lie in the plane.
 *
 * @param full the gradient to compare with; where it is 0, every place is [0, 0]
 * @param singles the gradients [N][W] that span y, the first of them upwards
 */
export function gradientPlane(full: Vector, singles: readonly Vector[]): (vector: Vector) => Place {
  const length = Math.sqrt(dot(full, full))
  if (!(length > 0)) return () => [0, 0]
  const along = Float64Array.from(full, (value) => value / length)
  const across = widest(singles.map((single) => without(single, along)))
  return (vector) => [dot(vector, along) / length, dot(vector, across) / length]
}

function dot(a: Vector, b: Vector): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!
  return sum
}

/** What is left of a vector without its part along a unit vector. */
function without(vector: Vector, axis: Float64Array): Float64Array {
  const part = dot(vector, axis)
  return axis.map((value, index) => vector[index]! - part * value)
}

/** The unit vector [W] along which vectors [N][W] spread most, by power iteration; 0 where they do not. */
function widest(vectors: readonly Float64Array[]): Float64Array {
  let axis = normalized(vectors[0]!)
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(axis.length)
    for (const vector of vectors) {
      const part = dot(vector, axis)
      for (let index = 0; index < next.length; index++) next[index]! += part * vector[index]!
    }
    axis = normalized(next)
  }
  return axis
}

function normalized(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector))
  return length > 0 ? vector.map((value) => value / length) : vector
}
