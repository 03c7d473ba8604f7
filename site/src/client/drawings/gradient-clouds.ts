/**
 * Draws the gradients of many batches as clouds of points: each is the mean of its examples' gradients, in the plane of
 * `training/gradient-plane.ts`. Used by the build and by the browser.
 */
import { amount } from '#charts/text/format.ts'
import type { Step } from '#training/fused/step.ts'
import type { PlanePoint } from '#training/gradient-plane.ts'
import { Random } from '#training/random.ts'

import { dotsPath } from './dots.ts'

/** The batch sizes that are drawn, and how many batches of each. */
export const cloudSizes = [1, 4, 32, 256] as const
const cloudCount = 120
/** The epoch after which they are drawn at first: its true gradient is the unit of all lengths. */
export const cloudEpoch = 20
/** Units of the drawing in that length. */
const scale = 40

/** Rows of batches, by batch size [cloudSizes][cloudCount][batchSize]: each drawn without replacement. */
export function drawBatches(rows: number): number[][][] {
  return cloudSizes.map((batchSize) =>
    Array.from({ length: cloudCount }, (_, batch) => drawRows(new Random(batch + 1, 'order'), rows, batchSize)),
  )
}

/** The first of a Fisher–Yates shuffle. */
function drawRows(random: Random, rows: number, count: number): number[] {
  const order = Array.from({ length: rows }, (_, row) => row)
  for (let at = 0; at < count; at++) {
    const from = at + Math.floor((random.next() / 2 ** 32) * (rows - at))
    const row = order[from]!
    order[from] = order[at]!
    order[at] = row
  }
  return order.slice(0, count)
}

/**
 * The path of a cloud: a dot for each batch.
 *
 * @param batches the rows of each
 * @param examples the place of each row's gradient
 * @param length of the true gradient now, as a share of what it was at first
 */
export function cloudPath(batches: readonly number[][], examples: readonly PlanePoint[], length: number): string {
  return dotsPath(
    batches.map((rows) => {
      const mean = (axis: 0 | 1) => rows.reduce((sum, row) => sum + examples[row]![axis], 0) / rows.length
      return [toUnits(mean(0) * length), toUnits(-mean(1) * length)]
    }),
  )
}

/** The places of a step's examples, by row: the epoch's order is another one each time. */
export function byRow({ rows, plane: { examples } }: Pick<Step, 'rows' | 'plane'>): PlanePoint[] {
  const places: PlanePoint[] = []
  rows.forEach((row, index) => (places[row] = examples[index]!))
  return places
}

/**
 * What is read beside the clouds.
 *
 * @param noiseScale the batch size whose noise is as strong as the gradient
 */
export function cloudWords(length: number, noiseScale: number | null | undefined): string {
  return `true gradient ${length.toFixed(2)} times as long, noise scale ${amount(noiseScale)}`
}

/** A length in the drawing. */
export function toUnits(length: number): number {
  return Math.round(length * scale)
}
