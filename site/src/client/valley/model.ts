/**
 * Gradient descent with momentum in a valley: a quadratic loss of two parameters, ½(λ₁x² + λ₂y²), whose gradient is
 * measured with noise, as that of a batch is. It is the simplest model that has what a training has, and all of it can be
 * calculated: the noise floor, the limit of stability and the overshoot of momentum. Used by the build and by browsers.
 *
 * Noise is added to the gradient of each parameter; that of one example has the standard deviation `exampleNoise`, so that
 * of a batch has exampleNoise / √B. It is the same everywhere in the valley, as near the end of a training.
 */
import { Random } from '#training/random.ts'

/** A place in the valley. */
export type Place = readonly [x: number, y: number]

/** The curvatures: along the valley, and across it. */
export const curvatures: Place = [1, 10]
/** The standard deviation of a single example's gradient, for each parameter. */
const exampleNoise = 6
/** Where descent begins. */
export const start: Place = [-8, 2.4]
/** The number of updates that are made. */
export const valleyUpdates = 200
/** The average of the weights begins after this many updates: half of them. */
export const averagedFrom = 100
/** A path that leaves this distance has diverged; it ends there. */
const farthest = 1e6

/** The settings of a descent. */
export interface ValleySettings {
  learningRate: number
  /** The full batch has no noise. */
  batchSize: number | 'full'
  momentum: number
}

/** The loss at a place. */
export function lossAt([x, y]: Place): number {
  return (curvatures[0] * x * x + curvatures[1] * y * y) / 2
}

/** The variance of the gradient of a batch, for each parameter. */
function noiseVariance(batchSize: number | 'full'): number {
  return batchSize === 'full' ? 0 : exampleNoise ** 2 / batchSize
}

/**
 * Standard normal numbers, approximately: sums of twelve uniform ones minus 6, which have mean 0 and variance 1 and the same
 * bits in every browser.
 */
export function normals(seed: number, count: number): Float64Array {
  const random = new Random(seed, 'order')
  return Float64Array.from({ length: count }, () => {
    let sum = -6
    for (let term = 0; term < 12; term++) sum += random.unit()
    return sum
  })
}

/**
 * Makes the updates v ← βv − ηg, w ← w + v from the start.
 *
 * @param noise two standard normal numbers for each update; none for the exact gradient
 * @returns the start and the place after each update; shorter if the path diverges
 */
export function descend(settings: ValleySettings, noise?: Float64Array, count = valleyUpdates): Place[] {
  const { learningRate, batchSize, momentum } = settings
  const scale = noise ? Math.sqrt(noiseVariance(batchSize)) : 0
  let [x, y] = start
  let [stepX, stepY] = [0, 0]
  const path: Place[] = [[x, y]]
  for (let update = 0; update < count; update++) {
    stepX = momentum * stepX - learningRate * (curvatures[0] * x + scale * (noise?.[2 * update] ?? 0))
    stepY = momentum * stepY - learningRate * (curvatures[1] * y + scale * (noise?.[2 * update + 1] ?? 0))
    x += stepX
    y += stepY
    path.push([x, y])
    if (Math.abs(x) > farthest || Math.abs(y) > farthest) break
  }
  return path
}

/** The means of the places since `averagedFrom`, one for each update from there on. */
export function averagesOf(path: readonly Place[]): Place[] {
  let [sumX, sumY] = [0, 0]
  return path.slice(averagedFrom).map(([x, y], index) => {
    sumX += x
    sumY += y
    return [sumX / (index + 1), sumY / (index + 1)]
  })
}

/**
 * The largest curvature at which steps of this length do not diverge: 2(1 + β)/η, whatever the noise (Polyak 1964; Cohen et
 * al. 2021, appendix B). Without noise, x follows x′ = (1 + β − ηλ)x − βx₋₁, whose roots are within the unit circle just if
 * 0 < ηλ < 2(1 + β).
 */
export function stabilityLimit({ learningRate, momentum }: ValleySettings): number {
  return (2 * (1 + momentum)) / learningRate
}

/**
 * The stationary variance of a parameter with curvature λ, that is, how far the noise moves it about in the end:
 *
 *     (ησ²/B) · (1 + β) / ((1 − β) λ (2(1 + β) − ηλ))
 *
 * It is the variance of an autoregression of second order with the coefficients 1 + β − ηλ and −β and the noise ησ/√B (Box
 * and Jenkins 1970, section 3.2.4). For short steps it is ησ²/(2(1 − β)Bλ).
 *
 * @returns infinity at the limit of stability and above it
 */
export function stationaryVariance(settings: ValleySettings, curvature: number): number {
  const { learningRate, batchSize, momentum } = settings
  const room = 2 * (1 + momentum) - learningRate * curvature
  if (room <= 0) return Infinity
  return (learningRate * noiseVariance(batchSize) * (1 + momentum)) / ((1 - momentum) * curvature * room)
}

/** The mean loss in the end, below which more updates do not get: the sum of λ/2 times the variance of each parameter. */
export function noiseFloor(settings: ValleySettings): number {
  return curvatures.reduce((sum, curvature) => sum + (curvature / 2) * stationaryVariance(settings, curvature), 0)
}

/**
 * Whether momentum carries a parameter past the minimum and back, with the exact gradient: the roots of its recurrence are
 * complex, (1 − √β)² < ηλ < (1 + √β)². Without momentum they never are.
 */
export function overshoots({ learningRate, momentum }: ValleySettings, curvature: number): boolean {
  const root = Math.sqrt(momentum)
  const step = learningRate * curvature
  return (1 - root) ** 2 < step && step < (1 + root) ** 2
}
