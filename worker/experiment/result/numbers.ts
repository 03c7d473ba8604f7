/**
 * The numbers of an experiment: the metrics of its runs by epoch, and nothing else. They are what is cached and what
 * the fingerprint covers; everything that is shown is derived from them.
 *
 * Layout: float32 [R][M][E], little-endian, as on every platform that runs this.
 * - R = runs, in the order of their seeds
 * - M = 6 metrics, in the order of `metrics`
 * - E = epochs
 * A value that is missing because its run diverged is NaN, always with the bits 0x7fc00000.
 */
import { sha256 } from '../sha256.ts'
import type { ExperimentSpec } from '../spec/spec.ts'

/**
 * The metrics of every epoch. The `running…` metrics are averaged over the epoch's batches, before each update, as
 * Keras logs them; the others are measured after the epoch.
 */
export const metrics = [
  'runningLoss',
  'runningAccuracy',
  'trainLoss',
  'trainAccuracy',
  'testLoss',
  'testAccuracy',
] as const
export type Metric = (typeof metrics)[number]

export type Numbers = Float32Array<ArrayBuffer>
/** The numbers of an experiment with its digest and their fingerprint. */
export interface Outcome {
  digest: string
  fingerprint: string
  numbers: Numbers
}
/** The fields that determine the size of the numbers. */
export type NumbersShape = Pick<ExperimentSpec, 'seeds' | 'epochs'>

/** The number of values that the numbers of an experiment hold. */
export function numbersLength({ seeds, epochs }: NumbersShape): number {
  return seeds * metrics.length * epochs
}

/** Numbers in which every value is missing: those of an experiment that has not run, or that diverged at once. */
export function emptyNumbers(shape: NumbersShape): Numbers {
  const numbers = new Float32Array(numbersLength(shape))
  // Written as bits, since the engine decides which of the many NaNs a float store writes.
  new Uint32Array(numbers.buffer).fill(0x7fc00000)
  return numbers
}

/** One metric of one run by epoch, [E]: a view, not a copy. */
export function column(numbers: Numbers, { epochs }: NumbersShape, run: number, metric: Metric): Numbers {
  const start = (run * metrics.length + metrics.indexOf(metric)) * epochs
  return numbers.subarray(start, start + epochs)
}

/**
 * Writes the metrics of one epoch, unless one of them is not finite. In that case the run has diverged, and the values
 * of this and all later epochs stay missing.
 *
 * @returns whether the run continues
 */
export function writeEpoch(
  numbers: Numbers,
  shape: NumbersShape,
  run: number,
  epoch: number,
  values: Readonly<Record<Metric, number>>,
): boolean {
  if (!metrics.every((metric) => Number.isFinite(Math.fround(values[metric])))) return false
  for (const metric of metrics) column(numbers, shape, run, metric)[epoch] = values[metric]
  return true
}

/** The fingerprint: SHA-256 of the numbers' bytes as 64 hex digits, equal exactly if every bit of every value is. */
export function fingerprint(numbers: Numbers): Promise<string> {
  return sha256(numbers)
}
