/**
 * Principal component analysis in float64 with nothing but arithmetic and square roots, so that it gives the same bits
 * on every host.
 *
 * Dimension letters: N = rows, F = features, C = components.
 */

/** The principal components of some rows. */
export interface PrincipalComponents {
  /** The mean of the rows, [F]. */
  center: readonly number[]
  /** Unit vectors [C][F] in the order of their variance. The entry of largest magnitude is positive. */
  directions: readonly (readonly number[])[]
  /** The variance along each component over the variance of all features, [C]; 0 if nothing varies. */
  shares: readonly number[]
}

/** A square matrix in one array, row by row, [F × F]. */
type Matrix = Float64Array<ArrayBuffer>

/** The most passes over all entries beside the diagonal. The method converges quadratically, so about ten are made. */
const mostSweeps = 50
/** The squared size of the entries beside the diagonal, relative to that of the matrix, below which it is diagonal. */
const tolerance = 1e-30

/**
 * The first principal components of rows [N][F]: the eigenvectors of their covariance with the largest eigenvalues. If
 * there are fewer features than components, the directions that are missing are zero.
 */
export function principalComponents(rows: readonly (readonly number[])[], components: number): PrincipalComponents {
  const features = rows[0]?.length ?? 0
  const center = Array.from({ length: features }, (_, feature) => {
    let sum = 0
    for (const row of rows) sum += row[feature]!
    return sum / rows.length
  })
  const { values, vectors } = eigenvectorsOf(covarianceOf(rows, center), features)
  const total = values.reduce((sum, value) => sum + value, 0)
  const order = values.map((_, index) => index).sort((a, b) => values[b]! - values[a]! || a - b)
  return {
    center,
    directions: Array.from({ length: components }, (_, component) => {
      const index = order[component]
      if (index === undefined) return center.map(() => 0)
      return positive(Array.from(vectors.subarray(index * features, (index + 1) * features)))
    }),
    shares: Array.from({ length: components }, (_, component) => {
      const index = order[component]
      return index !== undefined && total > 0 ? Math.max(0, values[index]! / total) : 0
    }),
  }
}

/** The coordinates of a row along the components. */
export function coordinatesOf({ center, directions }: PrincipalComponents, row: readonly number[]): number[] {
  return directions.map((direction) => {
    let sum = 0
    for (let feature = 0; feature < row.length; feature++)
      sum += (row[feature]! - center[feature]!) * direction[feature]!
    return sum
  })
}

/** The covariance of the features, divided by N − 1 as in `numpy.cov`. */
function covarianceOf(rows: readonly (readonly number[])[], center: readonly number[]): Matrix {
  const features = center.length
  const matrix = new Float64Array(features * features)
  for (const row of rows) {
    const distances = center.map((mean, feature) => row[feature]! - mean)
    for (let one = 0; one < features; one++)
      for (let other = one; other < features; other++)
        matrix[one * features + other]! += distances[one]! * distances[other]!
  }
  const degrees = Math.max(1, rows.length - 1)
  for (let one = 0; one < features; one++)
    for (let other = one; other < features; other++) {
      const value = matrix[one * features + other]! / degrees
      matrix[one * features + other] = value
      matrix[other * features + one] = value
    }
  return matrix
}

/**
 * The eigenvalues [F] of a symmetric matrix, and its eigenvectors as the rows of another one, by cyclic Jacobi rotations
 * (Golub & Van Loan, Matrix Computations, 4th edition, section 8.5). It changes the matrix.
 */
function eigenvectorsOf(matrix: Matrix, features: number): { values: number[]; vectors: Matrix } {
  const vectors = new Float64Array(features * features)
  for (let feature = 0; feature < features; feature++) vectors[feature * (features + 1)] = 1
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let beside = 0
    let all = 0
    for (let index = 0; index < matrix.length; index++) {
      const square = matrix[index]! * matrix[index]!
      all += square
      if (index % (features + 1) !== 0) beside += square
    }
    if (beside <= tolerance * all) break
    for (let p = 0; p < features; p++)
      for (let q = p + 1; q < features; q++) if (matrix[p * features + q] !== 0) rotate(matrix, vectors, features, p, q)
  }
  return { values: Array.from({ length: features }, (_, index) => matrix[index * (features + 1)]!), vectors }
}

/** Rotates the plane of the axes p and q so that their entry beside the diagonal becomes 0. */
function rotate(matrix: Matrix, vectors: Matrix, features: number, p: number, q: number): void {
  const [toP, toQ] = [p * features, q * features]
  const beside = matrix[toP + q]!
  const half = (matrix[toQ + q]! - matrix[toP + p]!) / (2 * beside)
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  for (let k = 0; k < features; k++) {
    const ofP = vectors[toP + k]!
    const ofQ = vectors[toQ + k]!
    vectors[toP + k] = cosine * ofP - sine * ofQ
    vectors[toQ + k] = sine * ofP + cosine * ofQ
    if (k === p || k === q) continue
    const inP = matrix[toP + k]!
    const inQ = matrix[toQ + k]!
    matrix[toP + k] = matrix[k * features + p] = cosine * inP - sine * inQ
    matrix[toQ + k] = matrix[k * features + q] = sine * inP + cosine * inQ
  }
  matrix[toP + p]! -= tangent * beside
  matrix[toQ + q]! += tangent * beside
  matrix[toP + q] = matrix[toQ + p] = 0
}

/** The vector with the sign that makes its entry of largest magnitude positive; of equal ones, the first counts. */
function positive(vector: readonly number[]): number[] {
  let largest = 0
  for (const entry of vector) if (Math.abs(entry) > Math.abs(largest)) largest = entry
  // Adding 0 turns −0 into 0.
  return vector.map((entry) => (largest < 0 ? 0 - entry : entry + 0))
}
