/**
 * The numbers of an experiment: what its runs measured, epoch by epoch, and nothing else. They are what is cached,
 * and what the fingerprint proves. Everything that is shown is derived from them.
 *
 * Layout: float32 [R][M][E], little-endian as every platform that runs this is.
 *   R = runs, in the order of their seeds
 *   M = 6 metrics, in the order of `metrics`
 *   E = epochs
 * A value that a diverged run does not have is NaN, always with the bits 0x7fc00000.
 */
import { sha256 } from '../sha256.ts'
import type { ExperimentSpec } from '../spec/spec.ts'

/** What is measured in every epoch. `running…`: over its batches, before each update; the others: after it. */
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
/** The numbers of an experiment with their identity and their proof. */
export interface Outcome {
  digest: string
  fingerprint: string
  numbers: Numbers
}
/** What decides the size of the numbers. */
export type NumbersShape = Pick<ExperimentSpec, 'seeds' | 'epochs'>

/** How many values the numbers of an experiment hold. */
export function numbersLength({ seeds, epochs }: NumbersShape): number {
  return seeds * metrics.length * epochs
}

/** Numbers with every value missing: those of an experiment that has not run, or that diverged at once. */
export function emptyNumbers(shape: NumbersShape): Numbers {
  const numbers = new Float32Array(numbersLength(shape))
  // Through the bits: which of the many NaNs a float store writes is up to the engine.
  new Uint32Array(numbers.buffer).fill(0x7fc00000)
  return numbers
}

/** One metric of one run, by epoch [E]: a view, not a copy. */
export function column(numbers: Numbers, { epochs }: NumbersShape, run: number, metric: Metric): Numbers {
  const start = (run * metrics.length + metrics.indexOf(metric)) * epochs
  return numbers.subarray(start, start + epochs)
}

/**
 * Writes the metrics of one epoch, unless one of them is not finite: then the run has diverged, and this epoch and all
 * later ones stay missing.
 *
 * @returns whether the run goes on
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

/** SHA-256 of the numbers' bytes, 64 hex digits: equal exactly when every bit of every value is. */
export function fingerprint(numbers: Numbers): Promise<string> {
  return sha256(numbers)
}
